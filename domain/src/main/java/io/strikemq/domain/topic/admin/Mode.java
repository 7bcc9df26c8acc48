package io.strikemq.domain.topic.admin;

/** Whether a change is made, or only checked. */
public enum Mode {
    APPLY,
    VALIDATE_ONLY
}
