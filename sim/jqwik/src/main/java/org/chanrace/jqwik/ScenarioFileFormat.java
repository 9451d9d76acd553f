package org.chanrace.jqwik;

import java.util.Optional;
import net.jqwik.api.SampleReportingFormat;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.ScenarioPrinter;

/**
 * Reports a scenario as its file. jqwik finds it by itself in whatever property has a scenario.
 *
 * <p>The report indents the lines of the file, all alike, which YAML does not mind.
 */
public final class ScenarioFileFormat implements SampleReportingFormat {
    @Override
    public boolean appliesTo(Object value) {
        return value instanceof Scenario;
    }

    @Override
    public Object report(Object value) {
        return SampleReportingFormat.plainLabel(ScenarioPrinter.print((Scenario) value));
    }

    @Override
    public Optional<String> label(Object value) {
        return Optional.of("a scenario; save its file as law.yaml, and ./chanrace run law.yaml --trace shows it" + System.lineSeparator());
    }
}
