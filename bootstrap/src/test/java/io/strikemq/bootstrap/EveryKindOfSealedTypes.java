package io.strikemq.bootstrap;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A method that asks by {@code instanceof} for one kind of a sealed type asks for all of them: what a switch over
 * patterns would make sure of, were there one in Java 17. Who adds a kind learns here who has to decide about it.
 */
final class EveryKindOfSealedTypes extends ArchCondition<JavaClass> {
    EveryKindOfSealedTypes() {
        super("ask for every kind of a sealed type, if for one");
    }

    @Override
    public void check(JavaClass asking, ConditionEvents events) {
        for (JavaCodeUnit method : asking.getCodeUnits()) {
            askedFor(method).forEach((type, asked) -> {
                Set<String> forgotten = new TreeSet<>();
                Arrays.stream(type.getPermittedSubclasses())
                        .map(Class::getName)
                        .filter(kind -> !asked.contains(kind))
                        .forEach(forgotten::add);
                String message =
                        method.getFullName() + " asks for kinds of " + type.getName() + ", but not for " + forgotten;
                events.add(new SimpleConditionEvent(asking, forgotten.isEmpty(), message));
            });
        }
    }

    /** The sealed types of ours of which the method asks for a kind, with the kinds that it asks for. */
    private static Map<Class<?>, Set<String>> askedFor(JavaCodeUnit method) {
        return method.getInstanceofChecks().stream()
                .map(InstanceofCheck::getRawType)
                .flatMap(kind -> sealedTypesOf(kind).map(type -> Map.entry(type, kind.getName())))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));
    }

    private static Stream<Class<?>> sealedTypesOf(JavaClass kind) {
        Collection<JavaClass> types = kind.getAllRawInterfaces();
        return Stream.concat(types.stream(), kind.getAllRawSuperclasses().stream())
                .filter(type -> type.getPackageName().startsWith("io.strikemq."))
                .<Class<?>>map(JavaClass::reflect)
                .filter(Class::isSealed);
    }
}
