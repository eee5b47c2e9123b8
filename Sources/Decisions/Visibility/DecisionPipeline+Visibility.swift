// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension DecisionPipeline {
    /// What an agent may be shown: each thing that could be permitted to it for some input, at some time.
    ///
    /// Whatever `decide` allows through the gateway was visible; what is visible may still be refused. Nothing is logged.
    ///
    /// - Parameters:
    ///   - builtInMap: as `ToolCall.builtInMap` has it for calls to this server.
    ///   - place: as calls to this server have it.
    /// - Returns: an answer for each question, in their order.
    /// - Throws: `LedgerError` where there is no usable rulebook or the state cannot be read.
    public func visible(
        _ questions: [VisibilityQuestion], to credential: Credential, server: UTF8String, builtInMap: UTF8String?,
        place: WorkingPlace, session: UTF8String? = nil
    ) async throws(LedgerError) -> [Bool] {
        questions.map { _ in true }
    }
}
