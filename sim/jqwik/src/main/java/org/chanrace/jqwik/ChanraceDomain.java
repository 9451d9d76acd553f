package org.chanrace.jqwik;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.chanrace.generate.Pairing;
import org.chanrace.model.scenario.Scenario;

/** For {@code @Domain(ChanraceDomain.class)}: parameters that are scenarios, pairings, and seeds, without providers. */
public final class ChanraceDomain extends DomainContextBase {
    @Provide
    Arbitrary<Scenario> scenarios() {
        return ChanraceArbitraries.scenarios();
    }

    @Provide
    Arbitrary<Pairing> pairings() {
        return ChanraceArbitraries.pairings();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return ChanraceArbitraries.seeds();
    }
}
