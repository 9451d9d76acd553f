package org.chanrace.model.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version in the name of a versioned machine type: {@code pc-q35-7.2} has 7.2. */
public record MachineVersion(int major, int minor) implements Comparable<MachineVersion> {
    private static final Pattern MACHINE = Pattern.compile("(?:pc-q35|pc-i440fx|virt|pseries|s390-ccw-virtio)-(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern UNVERSIONED = Pattern.compile("pc|q35|virt|pseries|s390-ccw-virtio");

    /** The version that a machine type's name ends in; empty when it is not the name of a versioned machine type. */
    public static Optional<MachineVersion> of(String machine) {
        Matcher m = MACHINE.matcher(machine);
        return m.matches() ? Optional.of(new MachineVersion(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)))) : Optional.empty();
    }

    /** Whether this is an un-versioned name, which stands for the newest machine type of whatever release runs it. */
    public static boolean isUnversioned(String machine) {
        return UNVERSIONED.matcher(machine).matches();
    }

    @Override
    public int compareTo(MachineVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
