// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramTable {
    /// Variables that send developers' tools elsewhere: another registry, another daemon, another repository, a proxy.
    static func toolVariableActions(_ name: UTF8String, _ value: ShellValue) -> [ProgramAction] {
        let text = name.string
        if addresses.contains(name) || text.hasPrefix("AWS_ENDPOINT_URL") || isRegistry(text) {
            let known = ["direct", "off", "none", "*"]
            let parts = value.known.map { $0.string.split { ",| ".contains($0) }.map(String.init) }
            guard let parts else { return [.url(value)] }
            return parts.filter { !known.contains($0) }.map { place in
                place.hasPrefix("unix://")
                    ? .path([.read, .write], ShellValue(UTF8String(String(place.dropFirst(7)))))
                    : .url(ShellValue(UTF8String(place)))
            }
        }
        if hosts.contains(name) { return [.host(value)] }
        if repositories.contains(name) { return [.codeFile(value)] }
        if text.hasPrefix("GIT_TRACE") {
            let isPath = value.known.map { $0.hasPrefix("/") } ?? true
            return isPath ? [.path([.write], value)] : []
        }
        if text.hasPrefix("CARGO_TARGET_"), text.hasSuffix("_RUNNER") || text.hasSuffix("_LINKER") {
            return [.shell(value)]
        }
        if written.contains(name) { return [.path([.write], value, isTree: true)] }
        return []
    }

    /// What is said to be a URL, or several.
    private static let addresses: Set<UTF8String> = [
        "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "ftp_proxy", "FTP_PROXY",
        "npm_config_registry", "NPM_CONFIG_REGISTRY", "npm_config_proxy", "npm_config_https_proxy",
        "YARN_NPM_REGISTRY_SERVER", "BUN_CONFIG_REGISTRY", "COREPACK_NPM_REGISTRY", "NVM_NODEJS_ORG_MIRROR",
        "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_PROXY", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX",
        "UV_EXTRA_INDEX_URL", "UV_PUBLISH_URL", "TWINE_REPOSITORY_URL", "GOPROXY", "GOSUMDB", "RUSTUP_DIST_SERVER",
        "RUSTUP_UPDATE_ROOT", "RUBYGEMS_HOST", "DOCKER_HOST", "CONTAINER_HOST", "BUILDKIT_HOST", "HF_ENDPOINT",
        "PUPPETEER_DOWNLOAD_BASE_URL", "PLAYWRIGHT_DOWNLOAD_HOST", "VAULT_ADDR", "CONSUL_HTTP_ADDR", "NOMAD_ADDR",
        "OLLAMA_HOST", "ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE", "SENTRY_URL",
        "HOMEBREW_BOTTLE_DOMAIN",
        "GITLAB_URI", "ELECTRON_MIRROR", "NODEJS_ORG_MIRROR", "DENO_REGISTRY_URL", "NPM_REGISTRY",
    ]

    private static let hosts: Set<UTF8String> = ["GH_HOST", "GITLAB_HOST", "GLAB_HOST"]

    /// Repositories and settings whose hooks and helpers run.
    private static let repositories: Set<UTF8String> = [
        "GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "BUNDLE_GEMFILE", "COMPOSER", "COMPOSER_HOME",
        "CARGO_HOME",
        "RUSTUP_HOME", "GRADLE_USER_HOME", "MAVEN_CONFIG", "ESLINT_PLUGINS", "CLAUDE_CONFIG_DIR", "CODEX_HOME",
        "NPM_CONFIG_PREFIX", "npm_config_prefix", "NPM_CONFIG_INIT_MODULE", "npm_config_init_module",
        "TF_CLI_CONFIG_FILE",
        "ANSIBLE_LIBRARY", "ANSIBLE_ACTION_PLUGINS", "PRE_COMMIT_HOME", "AWS_CONFIG_FILE", "CLOUDSDK_CONFIG",
    ]

    private static let written: Set<UTF8String> = [
        "SSLKEYLOGFILE", "PYTHONPYCACHEPREFIX", "GIT_INDEX_FILE", "GIT_WORK_TREE", "CARGO_TARGET_DIR",
        "CARGO_INSTALL_ROOT", "GOBIN",
        "GOCACHE", "DESTDIR",
        "PIP_TARGET", "PIP_PREFIX", "PIP_LOG", "npm_config_cache", "NPM_CONFIG_CACHE", "COVERAGE_FILE", "TF_LOG_PATH",
        "TF_DATA_DIR",
    ]

    /// `CARGO_REGISTRIES_NAME_INDEX`, `npm_config_@scope:registry`.
    private static func isRegistry(_ name: String) -> Bool {
        name.hasPrefix("CARGO_REGISTR") && name.hasSuffix("_INDEX")
            || name.lowercased().hasPrefix("npm_config_") && name.hasSuffix(":registry")
    }
}
