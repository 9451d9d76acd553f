package org.chanrace.jqwik;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.chanrace.generate.Sides;
import org.chanrace.model.scenario.Scenario;

/** For {@code @Domain(ChanraceDomain.class)}: parameters that are scenarios, sides, and seeds, without providers. */
public final class ChanraceDomain extends DomainContextBase {
    @Provide
    Arbitrary<Scenario> scenarios() {
        return ChanraceArbitraries.scenarios();
    }

    @Provide
    Arbitrary<Sides> sides() {
        return ChanraceArbitraries.sides();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return ChanraceArbitraries.seeds();
    }
}
