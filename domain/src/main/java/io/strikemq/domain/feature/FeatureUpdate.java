package io.strikemq.domain.feature;

/**
 * A wish to finalize a level.
 *
 * @param feature         its name, perhaps one that nobody knows
 * @param level           the wanted level
 * @param upgradeTypeCode the wire's code: what is allowed on the way there
 */
public record FeatureUpdate(String feature, short level, byte upgradeTypeCode) {
    /** Only up. */
    public static final byte UPGRADE = 1;
    /** Down too, where nothing is lost. */
    public static final byte SAFE_DOWNGRADE = 2;
    /** Down too, whatever is lost. */
    public static final byte UNSAFE_DOWNGRADE = 3;

    /** Whether the code is one of the three. */
    boolean hasKnownType() {
        return upgradeTypeCode >= UPGRADE && upgradeTypeCode <= UNSAFE_DOWNGRADE;
    }
}
