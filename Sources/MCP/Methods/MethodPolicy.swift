// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Which methods pass, and how. What is not known does not pass.
public enum MethodPolicy {
    /// Whether only a permit lets a request of this method pass, to a server or to a client. What nobody knows never
    /// passes without one.
    public static func needsPermit(_ method: UTF8String) -> Bool {
        (MethodTable.rule(method, from: .client) ?? MethodTable.rule(method, from: .server))?.needsPermit ?? true
    }
}
