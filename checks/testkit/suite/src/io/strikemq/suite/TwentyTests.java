package io.strikemq.suite;

import org.junit.jupiter.api.Test;

/** Twenty test methods. */
abstract class TwentyTests {
    /** One test. */
    abstract void play();

    @Test
    void test01() {
        play();
    }

    @Test
    void test02() {
        play();
    }

    @Test
    void test03() {
        play();
    }

    @Test
    void test04() {
        play();
    }

    @Test
    void test05() {
        play();
    }

    @Test
    void test06() {
        play();
    }

    @Test
    void test07() {
        play();
    }

    @Test
    void test08() {
        play();
    }

    @Test
    void test09() {
        play();
    }

    @Test
    void test10() {
        play();
    }

    @Test
    void test11() {
        play();
    }

    @Test
    void test12() {
        play();
    }

    @Test
    void test13() {
        play();
    }

    @Test
    void test14() {
        play();
    }

    @Test
    void test15() {
        play();
    }

    @Test
    void test16() {
        play();
    }

    @Test
    void test17() {
        play();
    }

    @Test
    void test18() {
        play();
    }

    @Test
    void test19() {
        play();
    }

    @Test
    void test20() {
        play();
    }
}
