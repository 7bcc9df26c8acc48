package io.strikemq.bootstrap;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells ArchUnit which adapter a class belongs to; the two storages are two adapters. */
final class Adapters implements SliceAssignment {
    static final Adapters BY_NAME = new Adapters();

    private static final Pattern ADAPTER = Pattern.compile("io\\.strikemq\\.adapter\\.((?:storage\\.)?[a-z]+).*");

    private Adapters() {}

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        Matcher matcher = ADAPTER.matcher(javaClass.getPackageName());
        return matcher.matches() ? SliceIdentifier.of(matcher.group(1)) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "adapters";
    }
}
