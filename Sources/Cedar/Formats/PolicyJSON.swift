// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's JSON policy format ("JSON policy format" in Cedar's documentation; the EST of the Rust implementation).
///
/// JSON forgets of a text: white space and comments, places, needless parentheses and those around the left end of a
/// chain (`(a && b) && c` becomes `a && b && c`), that `a has b.c` was not written as `a has b && a.b has c`, and that
/// `action in A` was written `action in [A]`. All else is kept, in order. So for every statement `s` that JSON can hold,
///
/// - `PolicyStatement(cedarJSON: s.cedarJSON()).cedarJSON() == s.cedarJSON()`, and
/// - `PolicyStatement(cedarJSON: s.cedarJSON()) == s` where `s` has no such parentheses, no `has` with a path and no list
///   of one action;
///
/// what is read means exactly what was written, errors of evaluation included.
///
/// Reading is stricter than Cedar 4.12's, which lets some mistakes pass: members that the format lacks are refused
/// everywhere, as are objects with `__entity` or `__extn` that are no escapes, calls that no text could write, and in sets
/// empty ids and templates without slots.
extension PolicyStatement {
    /// A policy or template from JSON.
    ///
    /// - Throws: `PolicyJSONError` with the place of the first mistake.
    public init(cedarJSON json: JSON) throws(PolicyJSONError) {
        self = try PolicyJSONReader.read { reader throws(PolicyJSONReader.Stop) in try reader.statement(json) }
    }

    /// A policy or template from a document's bytes.
    ///
    /// - Throws: as for JSON, and where the bytes are no strict JSON within `CedarLimits`.
    public init(parsingCedarJSON bytes: [UInt8]) throws(PolicyJSONError) {
        try self.init(cedarJSON: try PolicyJSONReader.document(bytes))
    }

    /// The policy or template in JSON. Names of records and annotations are in the order written.
    ///
    /// - Throws: `PolicyJSONError` with `limitExceeded` where the JSON would be deeper or larger than
    ///   `CedarLimits.policyJSONDepthMax` and `CedarLimits.policyJSONNodesMax` allow.
    public func cedarJSON() throws(PolicyJSONError) -> JSON { try PolicyJSONWriter.statement(self).json }
}

/// Cedar's JSON format of policy sets: `{"staticPolicies", "templates", "templateLinks"}`.
extension PolicySet {
    /// A set from JSON. Each policy's and template's `file` is the name given.
    ///
    /// - Throws: `PolicyJSONError` with the place of the first mistake: of a policy, an id or a link.
    public init(cedarJSON json: JSON, file: UTF8String = "") throws(PolicyJSONError) {
        self = try PolicyJSONReader.read { reader throws(PolicyJSONReader.Stop) in
            try reader.set(json, file: file)
        }
    }

    /// A set from a document's bytes.
    ///
    /// - Throws: as for JSON, and where the bytes are no strict JSON within `CedarLimits`.
    public init(parsingCedarJSON bytes: [UInt8], file: UTF8String = "") throws(PolicyJSONError) {
        try self.init(cedarJSON: try PolicyJSONReader.document(bytes), file: file)
    }

    /// The set in JSON: policies, templates and links, each sorted by id. A linked policy is written as its link only.
    ///
    /// - Throws: as for statements.
    public func cedarJSON() throws(PolicyJSONError) -> JSON { try PolicyJSONWriter.set(self) }
}
