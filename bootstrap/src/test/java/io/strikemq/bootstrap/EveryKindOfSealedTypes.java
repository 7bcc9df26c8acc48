package io.strikemq.bootstrap;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A method that asks by {@code instanceof} for one kind of a sealed type asks for all of them: what a switch over
 * patterns would make sure of, were there one in Java 17. Who adds a kind learns here who has to decide about it. A kind that is
 * open itself counts as asked for with one of its own kinds.
 */
final class EveryKindOfSealedTypes extends ArchCondition<JavaClass> {
    EveryKindOfSealedTypes() {
        super("ask for every kind of a sealed type, if for one");
    }

    @Override
    public void check(JavaClass asking, ConditionEvents events) {
        for (JavaCodeUnit method : asking.getCodeUnits()) {
            Set<Class<?>> asked = asked(method);
            sealedTypesOf(asked).forEach(type -> {
                Set<String> forgotten = new TreeSet<>();
                Arrays.stream(type.getPermittedSubclasses())
                        .filter(kind -> asked.stream().noneMatch(kind::isAssignableFrom))
                        .map(Class::getName)
                        .forEach(forgotten::add);
                String message =
                        method.getFullName() + " asks for kinds of " + type.getName() + ", but not for " + forgotten;
                events.add(new SimpleConditionEvent(asking, forgotten.isEmpty(), message));
            });
        }
    }

    /** The types for which the method asks. */
    private static Set<Class<?>> asked(JavaCodeUnit method) {
        return method.getInstanceofChecks().stream()
                .map(InstanceofCheck::getRawType)
                .filter(type -> type.getPackageName().startsWith("io.strikemq."))
                .map(JavaClass::reflect)
                .collect(toSet());
    }

    /** The sealed types of which these are kinds. */
    private static Set<Class<?>> sealedTypesOf(Set<Class<?>> kinds) {
        return kinds.stream()
                .flatMap(kind -> Stream.concat(
                        Arrays.stream(kind.getInterfaces()), Stream.ofNullable((Class<?>) kind.getSuperclass())))
                .filter(Class::isSealed)
                .collect(toSet());
    }
}
