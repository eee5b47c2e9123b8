// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Collects the mistakes of a schema while something walks over it.
struct SchemaDiagnosis {
    /// The file of what is walked over.
    var file: UTF8String
    /// The place of what is walked over, in the JSON form.
    private var path: [UTF8String] = []
    private(set) var errors: [SchemaError] = []

    init(file: UTF8String = "") { self.file = file }

    /// Whether there are as many mistakes as anybody reads.
    var isFull: Bool { errors.count >= CedarLimits.errorsPerFileMax }

    mutating func enter(_ keys: UTF8String...) { path.append(contentsOf: keys) }

    mutating func leave(_ count: Int = 1) { path.removeLast(min(count, path.count)) }

    mutating func report(
        _ code: SchemaError.Code, _ message: String, at place: SchemaPlace = .unknown, suggestion: UTF8String? = nil
    ) {
        guard !isFull else { return }
        errors.append(
            SchemaError(
                code, message, file: file, span: place.span, pointer: JSONPointer(path), suggestion: suggestion))
    }

    func throwIfAny() throws(SchemaErrors) {
        guard errors.isEmpty else { throw SchemaErrors(errors) }
    }
}
