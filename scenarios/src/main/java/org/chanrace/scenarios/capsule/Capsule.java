package org.chanrace.scenarios.capsule;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;

/**
 * A run that can be made again.
 *
 * @param product the version of the product that wrote it, for people
 * @param model the {@linkplain ModelVersion version of the model} that the run was made with, from 1
 * @param note why it was kept, one line; may be empty
 * @param drive what decided the order
 * @param seed of the run's random streams
 * @param schedule the lanes that were picked, first pick first, at most {@value #PICKS_MAX}; empty when it was left out, which only a
 *     run by time can do without
 * @param digest of everything that was done, 16 hex digits
 * @param outcome how it ended
 * @param scenario what was run; it is put {@linkplain ByValue by value}
 */
public record Capsule(
        String product, int model, String note, Drive drive, long seed, int[] schedule, String digest, Outcome outcome, Scenario scenario) {
    /** The longest schedule that is carried. A run of 64 MiB has ten to twenty thousand picks. */
    public static final int PICKS_MAX = 200_000;

    /** The longest note, characters. */
    public static final int NOTE_MAX = 1000;

    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{16}");

    public Capsule {
        Objects.requireNonNull(drive);
        Objects.requireNonNull(outcome);
        schedule = schedule.clone();
        scenario = ByValue.of(scenario);
        if (!isProduct(product)) throw new IllegalArgumentException("not a version of a product: " + product);
        if (model < 1) throw new IllegalArgumentException("models are counted from 1");
        if (!isNote(note)) throw new IllegalArgumentException("a note is one line of at most " + NOTE_MAX + " characters");
        if (!isDigest(digest)) throw new IllegalArgumentException("a digest has 16 hex digits: " + digest);
        if (schedule.length > PICKS_MAX) throw new IllegalArgumentException("a schedule has at most " + PICKS_MAX + " picks");
        for (int lane : schedule) if (lane < 0) throw new IllegalArgumentException("lanes are counted from 0");
    }

    /**
     * The capsule of a run that this model made by time. Of a schedule that is too long to be carried nothing is carried.
     *
     * @param note is shortened to one line that a capsule can have
     */
    public static Capsule byTime(String product, String note, Scenario scenario, int[] schedule, RunResult result) {
        return new Capsule(product, ModelVersion.CURRENT, line(note), Drive.BY_TIME, result.seed(), schedule.length > PICKS_MAX ? new int[0] : schedule,
                result.digest(), result.verdict().outcome(), scenario);
    }

    /**
     * The capsule of a run that this model made in an order that somebody chose.
     *
     * @throws IllegalArgumentException when the schedule is too long to be carried: without it there is nothing to replay
     */
    public static Capsule byOrder(String product, String note, Scenario scenario, int[] schedule, RunResult result) {
        return new Capsule(product, ModelVersion.CURRENT, line(note), Drive.BY_ORDER, result.seed(), schedule, result.digest(), result.verdict().outcome(), scenario);
    }

    private static String line(String note) {
        StringBuilder line = new StringBuilder();
        note.codePoints().limit(NOTE_MAX / 2).map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }

    /** The capsule without its schedule, which a run by time can do without. */
    public Capsule withoutSchedule() {
        if (drive != Drive.BY_TIME) throw new IllegalStateException("without its schedule an order is nothing");
        return new Capsule(product, model, note, drive, seed, new int[0], digest, outcome, scenario);
    }

    /** Whether this is how a version of the product is written. */
    public static boolean isProduct(String text) {
        return PRODUCT.matcher(text).matches();
    }

    /** Whether this can be a note. */
    public static boolean isNote(String text) {
        return text.length() <= NOTE_MAX && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** Whether this is how a digest is written. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** A copy. */
    @Override
    public int[] schedule() {
        return schedule.clone();
    }

    /** The number of picks that are carried. */
    public int picks() {
        return schedule.length;
    }

    /** Whether another model wrote it than the one that is here. */
    public boolean isOfAnotherModel() {
        return model != ModelVersion.CURRENT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capsule c && product.equals(c.product) && model == c.model && note.equals(c.note) && drive == c.drive && seed == c.seed
                && Arrays.equals(schedule, c.schedule) && digest.equals(c.digest) && outcome == c.outcome && scenario.equals(c.scenario);
    }

    @Override
    public int hashCode() {
        return Objects.hash(product, model, note, drive, seed, Arrays.hashCode(schedule), digest, outcome, scenario);
    }

    @Override
    public String toString() {
        return "capsule of " + scenario.name() + " " + drive.text() + ", seed " + seed + ", " + schedule.length + " picks, " + outcome.text() + ", " + digest;
    }
}
