// SPDX-License-Identifier: Apache-2.0

struct TextCheck {
    let findings: FindingList
    func check(_ statement: PolicyStatement) {}
}
