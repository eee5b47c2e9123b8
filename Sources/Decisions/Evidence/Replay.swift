// SPDX-License-Identifier: Apache-2.0

public import Receipts
public import StrictJSON

/// A decision made again from its archived inputs, and compared with its receipt member by member.
public struct Replay: Sendable {
    /// The verdict of this version on the archived inputs.
    public let verdict: Verdict
    /// Members of the receipt that come out differently, as JSON pointers; empty where everything is the same.
    public let differences: [JSONPointer]

    /// Replays a receipt.
    public init(of receipt: Receipt, _ archived: ArchivedDecision) {
        var verdict = Judge.judge(archived.inputs)
        if let late = archived.late { verdict.refusals = [late] }
        let epochs = Epochs(kill: Int64(receipt.state.killEpoch), revocation: Int64(receipt.state.revocationEpoch))
        let form = ReceiptForm(
            receiptID: receipt.receiptID, blind: archived.blind, inputs: archived.inputs, verdict: verdict,
            epochs: epochs, log: receipt.log, custody: receipt.custody)
        var again = form.receipt(evidence: receipt.evidence)
        // Which version decided, and as which user, are facts of their own; another version that decides the same is no
        // difference.
        again.engine = receipt.engine
        self.verdict = verdict
        differences = Self.differences(Entry.receipt(receipt).json, Entry.receipt(again).json, JSONPointer())
    }

    private static func differences(_ left: JSON, _ right: JSON, _ place: JSONPointer) -> [JSONPointer] {
        guard case .object(let a) = left, case .object(let b) = right else { return left == right ? [] : [place] }
        var keys = a.keys
        keys += b.keys.filter { a[$0] == nil }
        return keys.flatMap { key -> [JSONPointer] in
            let place = place.appending(key)
            guard let one = a[key], let other = b[key] else { return [place] }
            return differences(one, other, place)
        }
    }
}

/// Opens a receipt's evidence.
public enum EvidenceArchive {
    /// The record, or `nil` where its key is gone or it does not open.
    ///
    /// - Throws: `LedgerError` where the key store cannot be read.
    public static func open(
        _ sealed: SealedEvidence, of receipt: Receipt, keys: any EvidenceKeys
    ) throws(LedgerError) -> JSON? {
        guard sealed.digest == receipt.evidence, let key = try keys.wrappingKey(named: sealed.wrappingKey) else {
            return nil
        }
        return EvidenceSeal.open(sealed, key: key, log: receipt.log, receipt: receipt.receiptID)
    }
}
