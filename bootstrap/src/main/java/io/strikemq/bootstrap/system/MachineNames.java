package io.strikemq.bootstrap.system;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/** The names of this machine. */
public final class MachineNames {
    private MachineNames() {}

    /**
     * The host name as the system has it, its first part, and that part under {@code .local}, as machines on the same
     * network call it; empty where the system has no name that leads anywhere. It may wait for a name server.
     */
    public static Set<String> all() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            return Set.copyOf(List.of(name, first, first + ".local"));
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }
}
