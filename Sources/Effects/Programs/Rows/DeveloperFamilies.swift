// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// What developers install: version control, package managers of languages, containers, compilers, test runners.
    static let developers: [String] = [
        GitRows.text, GitExtensionRows.text, ForgeRows.text, JavaScriptRows.text, JavaScriptToolRows.text,
        PythonToolRows.text, NativeToolRows.text, ManagedToolRows.text, CloudRows.text, DeveloperToolRows.text,
        InterpreterToolRows.text, SmallToolRows.text,
    ]
}
