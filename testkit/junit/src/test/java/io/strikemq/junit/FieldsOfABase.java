package io.strikemq.junit;

import io.strikemq.embedded.StrikeMQ;

/** A superclass with a field. */
abstract class FieldsOfABase {
    @Broker
    protected StrikeMQ broker;
}
