package io.strikemq.bootstrap;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.strikemq.adapter.rest.fixture.AdapterThatKnowsAnother;
import io.strikemq.adapter.rest.fixture.AdapterThatKnowsTheApplication;
import io.strikemq.application.fixture.UseCaseThatKnowsALibrary;
import io.strikemq.domain.fixture.DomainThatKnowsALibrary;
import io.strikemq.domain.fixture.HalfASwitch;
import io.strikemq.domain.fixture.MutableStatic;
import io.strikemq.domain.fixture.ReaderOfTheSystem;
import io.strikemq.domain.fixture.Sleeper;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house, each held against all our classes and against a small class that breaks it. */
class HouseRulesTest {
    private static final String OURS = "io.strikemq..";

    private static final ArchRule DOMAIN_KNOWS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("io.strikemq.domain..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.strikemq.domain.."));

    private static final ArchRule APPLICATION_KNOWS_ONLY_THE_DOMAIN = classes()
            .that()
            .resideInAPackage("io.strikemq.application..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.strikemq.domain..", "io.strikemq.application.."));

    private static final ArchRule ADAPTERS_DO_NOT_KNOW_THE_APPLICATION = noClasses()
            .that()
            .resideInAPackage("io.strikemq.adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.strikemq.application..", "io.strikemq.bootstrap..");

    private static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .assignedFrom(Adapters.BY_NAME)
            .should()
            .notDependOnEachOther();

    private static final ArchRule TIME_IS_A_PORT = noClasses()
            .that(resideOutsideOfPackages("io.strikemq.bootstrap.system.."))
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    private static final ArchRule ONLY_MAIN_AND_THE_ASSEMBLY_READ_THE_SYSTEM = noClasses()
            .that(resideOutsideOfPackages("io.strikemq.bootstrap"))
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "setProperty", String.class, String.class);

    private static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.strikemq.bootstrap.Main")
            .should()
            .callMethod(System.class, "exit", int.class);

    private static final ArchRule NO_STATIC_STATE =
            fields().that().areStatic().should().beFinal();

    private static final ArchRule SWITCHES_ARE_EXHAUSTIVE = classes().should(new EveryKindOfSealedTypes());

    /** Each rule, with the class that breaks it. */
    private static final Map<ArchRule, Class<?>> RULES = Map.of(
            DOMAIN_KNOWS_ONLY_THE_JDK, DomainThatKnowsALibrary.class,
            APPLICATION_KNOWS_ONLY_THE_DOMAIN, UseCaseThatKnowsALibrary.class,
            ADAPTERS_DO_NOT_KNOW_THE_APPLICATION, AdapterThatKnowsTheApplication.class,
            ADAPTERS_DO_NOT_KNOW_EACH_OTHER, AdapterThatKnowsAnother.class,
            TIME_IS_A_PORT, Sleeper.class,
            ONLY_MAIN_AND_THE_ASSEMBLY_READ_THE_SYSTEM, ReaderOfTheSystem.class,
            ONLY_MAIN_ENDS_THE_PROCESS, ReaderOfTheSystem.class,
            NO_STATIC_STATE, MutableStatic.class,
            SWITCHES_ARE_EXHAUSTIVE, HalfASwitch.class);

    @TestFactory
    Stream<DynamicTest> everyClassKeepsTheRule() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
                .importPackages(OURS.replace("..", ""));
        return RULES.keySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(ours)));
    }

    @TestFactory
    Stream<DynamicTest> theRuleBites() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey().getDescription(), () -> {
                    JavaClasses fixture = new ClassFileImporter()
                            .importClasses(
                                    rule.getValue(), io.strikemq.adapter.kafka.fixture.SomeKafkaAdapterClass.class);
                    assertTrue(rule.getKey().evaluate(fixture).hasViolation());
                }));
    }
}
