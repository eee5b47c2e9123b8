// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The two forms that a schema is written in.
public enum SchemaFormat: Sendable, Hashable, CaseIterable {
    /// The human syntax, as in `entity Agent = { level: Long };`.
    case text
    /// The JSON form.
    case json
}

extension SchemaFragment {
    /// Reads one file. Names are not resolved yet: that takes all fragments of a schema.
    ///
    /// What is a schema to Cedar's reference implementation is one here, but for two mistakes that it overlooks, one
    /// attribute twice in a record and an array in place of a JSON object, and for what exceeds `CedarLimits`.
    ///
    /// - Throws: all mistakes found, at most `CedarLimits.errorsPerFileMax`: of syntax with line and column, of the
    ///   JSON form with a JSON Pointer.
    public init(
        parsing bytes: [UInt8], file: UTF8String = "schema", format: SchemaFormat = .text
    ) throws(SchemaErrors) {
        switch format {
        case .text: self = try SchemaParser.parse(bytes, file: file)
        case .json: self = try SchemaJSONReader.read(bytes, file: file)
        }
        try SchemaChecker.check(self)
    }

    /// Reads one file from text.
    ///
    /// - Throws: as `init(parsing:file:format:)` for bytes.
    public init(
        parsing text: UTF8String, file: UTF8String = "schema", format: SchemaFormat = .text
    ) throws(SchemaErrors) {
        try self.init(parsing: text.bytes, file: file, format: format)
    }

    /// Reads the JSON form.
    ///
    /// - Throws: as `init(parsing:file:format:)` for bytes.
    public init(_ json: JSON, file: UTF8String = "schema") throws(SchemaErrors) {
        self = try SchemaJSONReader.read(json, file: file)
        try SchemaChecker.check(self)
    }

    /// The human syntax: common types, entity types and actions of each namespace, every declaration on its own. It
    /// can be read again, and means the same to Cedar's reference implementation.
    ///
    /// - Throws: where a name is none or is declared twice, and with `unwritable` for what only JSON can say: an entity
    ///   type whose attributes are a common type, and a reference to an entity type whose name is also that of a common
    ///   type.
    public var text: UTF8String {
        get throws(SchemaErrors) { try SchemaPrinter.print(self) }
    }

    /// The JSON form, as Cedar's reference implementation writes it.
    ///
    /// - Throws: where a name is none or is declared twice.
    public var json: JSON {
        get throws(SchemaErrors) {
            try SchemaChecker.check(self)
            return SchemaJSONWriter.json(self)
        }
    }
}

extension Schema {
    /// The schema that some fragments make together, in whatever order they come. A namespace may be in several of
    /// them.
    ///
    /// - Throws: all mistakes found, at most `CedarLimits.errorsPerFileMax`: names that mean nothing, with a suggestion
    ///   where one is near; declarations that contradict each other; types that contain themselves.
    public init(_ fragments: [SchemaFragment]) throws(SchemaErrors) { self = try SchemaResolver.resolve(fragments) }

    /// The schema in one file.
    ///
    /// - Throws: as `SchemaFragment.init(parsing:file:format:)` and `init(_:)`.
    public init(
        parsing bytes: [UInt8], file: UTF8String = "schema", format: SchemaFormat = .text
    ) throws(SchemaErrors) {
        try self.init([SchemaFragment(parsing: bytes, file: file, format: format)])
    }

    /// The schema in one text.
    ///
    /// - Throws: as `init(parsing:file:format:)` for bytes.
    public init(
        parsing text: UTF8String, file: UTF8String = "schema", format: SchemaFormat = .text
    ) throws(SchemaErrors) {
        try self.init(parsing: text.bytes, file: file, format: format)
    }
}
