// SPDX-License-Identifier: Apache-2.0

public import Receipts
public import StrictJSON

/// What a pipeline needs of the world.
public struct DecisionPorts: Sendable {
    /// Where the rulebook in force comes from.
    public var rules: any RulebookSource
    /// The record.
    public var ledger: any Ledger
    /// The keys that wrap the evidence's keys.
    public var evidenceKeys: any EvidenceKeys
    /// The receipts' own key.
    public var signer: any EntrySigner
    /// The log's name.
    public var origin: UTF8String
    /// The time.
    public var clock: any Clock
    /// Unpredictable bytes.
    public var random: any RandomSource
    /// Symbolic links of this machine's file system.
    public var paths: any PathResolver
    /// Who could have tampered with what is decided here; receipts say so.
    public var custody = Custody.cooperative
    /// The brakes as this process knows them: one board for all that decides by these ports.
    public let switches = SwitchBoard()

    /// The world.
    public init(
        rules: any RulebookSource, ledger: any Ledger, evidenceKeys: any EvidenceKeys, signer: any EntrySigner,
        origin: UTF8String, clock: any Clock, random: any RandomSource, paths: any PathResolver
    ) {
        self.rules = rules
        self.ledger = ledger
        self.evidenceKeys = evidenceKeys
        self.signer = signer
        self.origin = origin
        self.clock = clock
        self.random = random
        self.paths = paths
    }
}

/// Where a path of this machine leads.
public protocol PathResolver: Sendable {
    /// What an absolute path names when symbolic links are followed, as far as its parents exist; empty where that
    /// cannot be known.
    ///
    /// Of a pattern with a slash behind it: where the symbolic links lead that its names are or go through; `/` where
    /// that cannot be known. In a pattern `*` stands for any part of a name, `**` for any number of directories, and a
    /// backslash takes a character's meaning away.
    func resolve(_ path: UTF8String) -> [UTF8String]
}
