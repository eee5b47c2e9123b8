// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// What developers install: version control, package managers of languages, containers, compilers, test runners.
    static let developers: [String] = []
}
