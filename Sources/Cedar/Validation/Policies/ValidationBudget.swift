// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The work that one report may still take.
final class ValidationBudget {
    private(set) var steps = 0
    let stepsMax: Int
    private var suggestions = CedarLimits.suggestionsPerReportMax

    init(stepsMax: Int = CedarLimits.validationStepsMax) { self.stepsMax = stepsMax }

    var isExhausted: Bool { steps > stepsMax }

    func spend(_ count: Int) {
        let (sum, isHuge) = steps.addingReportingOverflow(count)
        steps = isHuge ? Int.max : sum
    }

    /// The name that was probably meant, while there are suggestions left to look for.
    func suggestion(for name: UTF8String, among candidates: some Collection<UTF8String>) -> UTF8String? {
        guard suggestions > 0 else { return nil }
        suggestions -= 1
        return Suggestion.closest(to: name, among: candidates)
    }
}
