package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.ScheduleText;

/** Capsules read back as they were, and whatever else is in their file is reported. */
class CapsuleProperties {
    private static final String EXAMPLE = CapsulePrinter.print(CapsuleArbitraries.example());

    @Property
    void parseOfPrintIsTheCapsule(@ForAll("capsules") Capsule capsule) {
        String text = CapsulePrinter.print(capsule);
        LoadedCapsule file = CapsuleLoader.parse(text, "printed.capsule.yaml");
        assertThat(file.problems()).as(text).isEmpty();
        assertThat(file.capsule()).as(text).contains(capsule);
        assertThat(CapsulePrinter.print(file.capsule().get())).isEqualTo(text);
    }

    @Property
    void aScheduleReadsBackInLinesThatAreNotLong(@ForAll("schedules") int[] schedule) throws ScheduleText.Bad {
        String text = ScheduleText.print(schedule);
        assertThat(ScheduleText.parse(text, 2000)).containsExactly(schedule);
        assertThat(text.lines()).allMatch(line -> line.length() <= 120 && line.equals(line.strip()));
    }

    @Property(tries = 600)
    void damagedCapsulesAreReported(@ForAll("damaged") byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        LoadedCapsule file = CapsuleLoader.parse(text, "x.capsule.yaml");
        assertThat(file.capsule().isEmpty()).isEqualTo(!file.problems().isEmpty());
        List<String> lines = text.lines().toList();
        for (Problem problem : file.problems()) {
            assertThat(problem.line()).isBetween(1, Math.max(1, lines.size() + 1));
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank().doesNotContain("\n").doesNotContain("Exception");
        }
    }

    @Provide
    Arbitrary<Capsule> capsules() {
        return CapsuleArbitraries.capsules();
    }

    @Provide
    Arbitrary<int[]> schedules() {
        return CapsuleArbitraries.schedules(2000);
    }

    /** A real capsule with a few of its bytes replaced, removed or put in, up to three times. */
    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<byte[]> put = Arbitraries.oneOf(Arbitraries.bytes().array(byte[].class).ofMaxSize(3),
                Arbitraries.of("", "*9", "(", ")", "zzz", ":", "\n", "  ", "{", "}", "-1", "99999999999", "---\n", "&a ", "*a").map(text -> text.getBytes(StandardCharsets.UTF_8)));
        byte[] whole = EXAMPLE.getBytes(StandardCharsets.UTF_8);
        Arbitrary<Damage> damages = Combinators.combine(Arbitraries.integers().between(0, whole.length - 1), Arbitraries.integers().between(0, 3), put).as(Damage::new);
        return damages.list().ofMinSize(1).ofMaxSize(3).map(list -> {
            byte[] bytes = whole;
            for (Damage damage : list) bytes = damage.to(bytes);
            return bytes;
        });
    }

    private record Damage(int at, int cut, byte[] put) {
        byte[] to(byte[] bytes) {
            int from = Math.min(at, bytes.length);
            int behind = Math.min(bytes.length, from + cut);
            byte[] damaged = new byte[from + put.length + bytes.length - behind];
            System.arraycopy(bytes, 0, damaged, 0, from);
            System.arraycopy(put, 0, damaged, from, put.length);
            System.arraycopy(bytes, behind, damaged, from + put.length, bytes.length - behind);
            return damaged;
        }
    }
}
