package org.chanrace.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.Assertions;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.SmallInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules, and what must not be used where results are made. */
class ArchitectureTest {
    private static final String[] WHERE_RESULTS_ARE_MADE = {
        "org.chanrace.kernel..", "org.chanrace.model..", "org.chanrace.generate..", "org.chanrace.scenarios..", "org.chanrace.explore..", "org.chanrace.reports.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.chanrace");

    @Test
    void everyModuleIsHere() {
        for (String module : List.of("kernel", "model", "generate", "scenarios", "jqwik", "explore", "reports", "cli"))
            Assertions.assertThat(OURS).extracting(JavaClass::getPackageName).anyMatch(name -> name.startsWith("org.chanrace." + module));
    }

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.chanrace..")
                .layer("kernel").definedBy("org.chanrace.kernel..")
                .layer("model").definedBy("org.chanrace.model..")
                .layer("generate").definedBy("org.chanrace.generate..")
                .layer("scenarios").definedBy("org.chanrace.scenarios..")
                .layer("explore").definedBy("org.chanrace.explore..")
                .layer("reports").definedBy("org.chanrace.reports..")
                .layer("jqwik").definedBy("org.chanrace.jqwik..")
                .layer("cli").definedBy("org.chanrace.cli..")
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .whereLayer("jqwik").mayNotBeAccessedByAnyLayer()
                .whereLayer("generate").mayOnlyBeAccessedByLayers("jqwik", "explore", "cli")
                .whereLayer("scenarios").mayOnlyBeAccessedByLayers("jqwik", "cli")
                .whereLayer("reports").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("explore").mayOnlyBeAccessedByLayers("reports", "cli")
                .whereLayer("model").mayOnlyBeAccessedByLayers("generate", "scenarios", "jqwik", "explore", "reports", "cli")
                .whereLayer("kernel").mayOnlyBeAccessedByLayers("model", "generate", "explore")
                .check(OURS);
    }

    @Test
    void reportsSeeOnlyWhatCameOut() {
        noClasses().that().resideInAPackage("org.chanrace.reports..")
                .should().dependOnClassesThat().resideInAnyPackage("org.chanrace.model", "org.chanrace.model.qemu..", "org.chanrace.model.network..", "org.chanrace.model.guest..")
                .because("nothing downstream reaches back into a simulation").check(OURS);
        noClasses().that().resideInAPackage("org.chanrace.reports..").should().dependOnClassesThat().belongToAnyOf(Explorer.class, SmallInstance.class)
                .because("nothing downstream explores").check(OURS);
    }

    @Test
    void recordsOfTheModelDoNotKnowItsProcesses() {
        noClasses().that().resideInAnyPackage("org.chanrace.model.scenario..", "org.chanrace.model.release..", "org.chanrace.model.verdict..")
                .should().dependOnClassesThat().resideInAnyPackage("org.chanrace.model.qemu..", "org.chanrace.model.network..", "org.chanrace.model.guest..", "org.chanrace.kernel..")
                .check(OURS);
    }

    @Test
    void modulesAreFreeOfCycles() {
        slices().matching("org.chanrace.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void queuesAreThoseWithoutUnsafe() {
        noClasses().should(dependOnAnyOf("org.jctools.queues", "org.jctools.queues.atomic..", "org.jctools.queues.unpadded..", "org.jctools.maps..", "org.jctools.util.."))
                .because("they use sun.misc.Unsafe, which warns and then fails on newer JDKs").check(OURS);
    }

    @Test
    void onlyWhatIsForPropertiesKnowsJqwik() {
        noClasses().that().resideOutsideOfPackage("org.chanrace.jqwik..").should().dependOnClassesThat().resideInAPackage("net.jqwik..").check(OURS);
    }

    @Test
    void noRandomnessButTheKernelsStreams() {
        noClasses().that().resideOutsideOfPackage("org.chanrace.jqwik..")
                .should().dependOnClassesThat().belongToAnyOf(Random.class, ThreadLocalRandom.class).because("only jqwik brings a source of its own").check(OURS);
        noClasses().should().callMethod(Math.class, "random").check(OURS);
    }

    @Test
    void noClockWhereResultsAreMade() {
        noClasses().that().doNotHaveFullyQualifiedName(Stopwatch.class.getName()).should().callMethod(System.class, "nanoTime").check(OURS);
        inResults().should().callMethod(System.class, "currentTimeMillis").check(OURS);
        inResults().should().callMethod(System.class, "identityHashCode", Object.class).check(OURS);
        inResults().should().dependOnClassesThat().resideInAPackage("java.time..").check(OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "log10", "log1p", "exp", "expm1", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "cbrt"})
    void noMathThatMayDifferBetweenJdks(String function) {
        inResults().should().callMethod(Math.class, function, double.class).because("StrictMath gives the same bits everywhere").check(OURS);
    }

    @Test
    void noPowerThatMayDifferBetweenJdks() {
        inResults().should().callMethod(Math.class, "pow", double.class, double.class).check(OURS);
        inResults().should().callMethod(Math.class, "atan2", double.class, double.class).check(OURS);
        inResults().should().callMethod(Math.class, "hypot", double.class, double.class).check(OURS);
    }

    @Test
    void noHashOrderInKernelModelGeneratorAndExplorer() {
        noClasses().that().resideInAnyPackage("org.chanrace.kernel..", "org.chanrace.model..", "org.chanrace.generate..", "org.chanrace.explore..")
                .should().dependOnClassesThat().belongToAnyOf(HashMap.class, HashSet.class).check(OURS);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses().that().doNotHaveSimpleName("Main").should().callMethod(System.class, "exit", int.class).check(OURS);
        noClasses().should().callMethod(Runtime.class, "halt", int.class).check(OURS);
    }

    @Test
    void onlyMainKnowsTheStreamsOfTheProcess() {
        noClasses().should().accessField(System.class, "out").check(OURS);
        noClasses().should().accessField(System.class, "err").check(OURS);
    }

    private static GivenClassesConjunction inResults() {
        return noClasses().that().resideInAnyPackage(WHERE_RESULTS_ARE_MADE);
    }

    private static ArchCondition<JavaClass> dependOnAnyOf(String... packages) {
        return ArchConditions.dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(packages));
    }
}
