// SPDX-License-Identifier: Apache-2.0

/// Whether a passport describes a kind of agent or one of them (OAP 1.0, `kind`).
public enum PassportKind: String, WireNamed, Hashable {
    /// An agent that others may be instances of.
    case template
    /// One running agent of a template.
    case instance
}

/// What kind of owner an agent has (OAP 1.0, `owner_type`).
public enum OwnerType: String, WireNamed, Hashable {
    /// An organisation.
    case org
    /// A person.
    case user
}

/// What a passport says of itself (OAP 1.0, `status`). Draft to active; active to suspended and back; any to revoked,
/// for ever.
public enum PassportStatus: String, WireNamed, Hashable {
    /// Not in use yet.
    case draft
    /// In use.
    case active
    /// Taken out of use for a time.
    case suspended
    /// Out of use for ever.
    case revoked
}
