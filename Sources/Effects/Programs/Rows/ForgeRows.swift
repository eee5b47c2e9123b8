// SPDX-License-Identifier: Apache-2.0

/// The command lines of GitHub, GitLab and others. They use a person's credentials, and connect to the service; what is
/// sent there is written by commands below.
enum ForgeRows {
    static let text = #"""
        gh
          any-option: plain
          inherit: yes
          flags: -h --help --version -w --web --draft
          option: -R --repo forge-repository
          option: --hostname host
          option: -q --jq --template --json -L --limit -s --state -l --label -a --assignee -A --author -m --milestone -S --search -B --base -H --head --reviewer --title --body -b --project --branch --env --org -u --user --visibility -j --job -k --key -r --ref --sort --order -O --owner inert
          subcommands: yes
          unknown: opaque:program

        gh issue, gh pr, gh repo, gh release, gh run, gh workflow, gh gist, gh secret, gh variable, gh label, gh cache, gh project, gh ruleset, gh rs, gh search, gh ssh-key, gh gpg-key, gh codespace, gh cs, gh org, gh attestation, gh at, gh config, gh auth, gh extension, gh extensions, gh ext, gh alias
          subcommands: yes
          unknown: opaque:arguments

        gh help, gh version, gh completion, gh environment, gh reference, gh formatting, gh exit-codes, gh mintty, gh actions, gh accessibility
          operands: any

        gh status, gh preview, gh skill
          operands: any
          always: url https://api.github.com

        gh browse
          flags: -n --no-browser -s --settings -p --projects -r --releases -w --wiki -a --actions
          option?: -c --commit inert
          operands: any

        gh issue list, gh issue ls, gh issue view, gh issue status, gh issue close, gh issue reopen, gh issue delete, gh issue lock, gh issue unlock, gh issue pin, gh issue unpin, gh issue transfer, gh issue develop
          option: -c --comment -r --reason -n --name inert
          operands: any
          always: url https://api.github.com

        gh issue create, gh issue new, gh issue edit, gh issue comment
          option: -F --body-file -T --template read
          option: -p --recover read
          option: --add-label --remove-label --add-assignee --remove-assignee --add-project --remove-project inert
          operands: any
          always: url https://api.github.com

        gh pr list, gh pr ls, gh pr view, gh pr status, gh pr checks, gh pr close, gh pr reopen, gh pr ready, gh pr diff, gh pr lock, gh pr unlock, gh pr update-branch, gh pr revert
          option: -c --comment -i --interval --color inert
          operands: any
          always: url https://api.github.com

        gh pr create, gh pr new, gh pr edit, gh pr comment, gh pr review, gh pr merge
          option: -F --body-file -T --template read
          option: -p --recover read
          option: -r --reviewer -t --subject --match-head-commit --author-email --add-label --remove-label --add-assignee --remove-assignee --add-reviewer --remove-reviewer --add-project --remove-project inert
          operands: any
          always: url https://api.github.com ; project

        gh pr checkout, gh pr co
          option: -b --branch inert
          operands: any
          always: url https://api.github.com ; project ; write-tree .

        gh co
          operands: any
          always: url https://api.github.com ; project ; write-tree .

        gh repo clone, gh repo fork
          option: -u --upstream-remote-name --fork-name --remote-name inert
          operands: forge-repository write-tree
          always: url https://api.github.com ; url https://github.com ; project

        gh repo create, gh repo new
          option: -s --source read-tree
          option: --description -d -g --gitignore --license --remote -r --team -p --template --homepage inert
          operands: any
          always: url https://api.github.com ; url https://github.com ; project

        gh repo list, gh repo ls, gh repo view, gh repo edit, gh repo delete, gh repo archive, gh repo unarchive, gh repo rename, gh repo set-default, gh repo sync, gh repo garden, gh repo license, gh repo gitignore, gh repo deploy-key, gh repo autolink, gh repo credits
          option: --description --homepage --default-branch --add-topic --remove-topic --language --source inert
          operands: forge-repository...
          always: url https://api.github.com

        gh release list, gh release ls, gh release view, gh release delete, gh release delete-asset, gh release edit, gh release verify, gh release verify-asset
          option: -n --notes --tag --target inert
          option: --notes-file read
          operands: any
          always: url https://api.github.com

        gh release create, gh release new
          option: -F --notes-file read
          option: -n --notes -t --title --target --tag --notes-start-tag --discussion-category inert
          operands: inert read...
          always: url https://api.github.com

        gh release upload
          operands: inert read...
          always: url https://api.github.com

        gh release download
          option: -D --dir write-tree
          option: -O --output write
          option: -p --pattern -A --archive inert
          operands: any
          always: url https://api.github.com ; write-tree .

        gh run list, gh run ls, gh run view, gh run watch, gh run rerun, gh run cancel, gh run delete
          option: --commit -i --interval --attempt -e --event inert
          operands: any
          always: url https://api.github.com

        gh run download
          option: -D --dir write-tree
          option: -n --name -p --pattern inert
          operands: any
          always: url https://api.github.com ; write-tree .

        gh workflow list, gh workflow ls, gh workflow view, gh workflow enable, gh workflow disable, gh workflow run
          option: -F --field -f --raw-field inert
          operands: any
          always: url https://api.github.com

        gh gist create, gh gist new
          option: -f --filename -d --desc inert
          operands: read...
          always: url https://api.github.com

        gh gist list, gh gist ls, gh gist view, gh gist edit, gh gist delete, gh gist rename, gh gist clone
          option: -a --add read
          option: -f --filename -d --desc --remove inert
          operands: any
          always: url https://api.github.com

        gh secret list, gh secret ls, gh secret delete, gh secret remove
          option: --app inert
          operands: any
          always: url https://api.github.com

        gh secret set, gh variable set
          option: -f --env-file read
          option: --app -r --repos inert
          operands: any
          always: url https://api.github.com

        gh variable list, gh variable ls, gh variable get, gh variable delete, gh variable remove
          operands: any
          always: url https://api.github.com

        gh label list, gh label ls, gh label create, gh label delete, gh label edit, gh label clone
          option: -c --color -d --description -n --name inert
          operands: any
          always: url https://api.github.com

        gh cache list, gh cache ls, gh cache delete
          operands: any
          always: url https://api.github.com

        gh project list, gh project ls, gh project view, gh project create, gh project close, gh project copy, gh project delete, gh project edit, gh project mark-template, gh project link, gh project unlink, gh project field-list, gh project field-create, gh project field-delete, gh project item-list, gh project item-create, gh project item-add, gh project item-edit, gh project item-delete, gh project item-archive
          option: -F --body-file read
          operands: any
          always: url https://api.github.com

        gh ruleset list, gh ruleset ls, gh ruleset view, gh ruleset check, gh rs list, gh rs ls, gh rs view, gh rs check, gh search issues, gh search prs, gh search repos, gh search code, gh search commits, gh org list, gh org ls, gh ssh-key list, gh ssh-key ls, gh ssh-key delete, gh gpg-key list, gh gpg-key ls, gh gpg-key delete
          operands: any
          always: url https://api.github.com

        gh ssh-key add, gh gpg-key add
          operands: read
          always: url https://api.github.com

        # Another machine, and files to and from it.
        gh codespace list, gh codespace ls, gh codespace create, gh codespace delete, gh codespace stop, gh codespace rebuild, gh codespace view, gh codespace edit, gh codespace logs, gh codespace ports, gh codespace jupyter, gh codespace code, gh cs list, gh cs ls, gh cs create, gh cs delete, gh cs stop, gh cs rebuild, gh cs view, gh cs edit, gh cs logs, gh cs ports, gh cs jupyter, gh cs code
          option: -c --codespace -m --machine --display-name -d --days inert
          operands: any
          always: url https://api.github.com

        gh codespace ssh, gh codespace cp, gh cs ssh, gh cs cp
          option: -c --codespace --profile --server-port inert
          operands: plain...
          always: url https://api.github.com ; opaque:host

        gh attestation verify, gh attestation download, gh attestation trusted-root, gh at verify, gh at download, gh at trusted-root
          option: --bundle --custom-trusted-root read
          operands: read...
          always: url https://api.github.com

        gh config get
          option: -h --host inert
          handler: credential-setting

        gh config set, gh config list, gh config ls, gh config clear-cache
          handler: gh-config
          operands: any

        gh auth status
          flag: -t --show-token ; read ~/.config/gh/hosts.yml
          flag: -a --active
          option: -h --hostname host
          always: url https://api.github.com

        gh auth login, gh auth logout, gh auth refresh, gh auth setup-git, gh auth switch
          option: -p --git-protocol -s --scopes inert
          operands: any
          always: url https://api.github.com

        # The credentials themselves.
        gh auth token
          operands: any
          always: read ~/.config/gh/hosts.yml

        gh auth git-credential
          operands: any
          always: read ~/.config/gh/hosts.yml

        gh alias list, gh alias ls, gh alias delete
          operands: any

        gh alias set
          flag: -s --shell ; opaque:code
          handler: gh-alias
          operands: any

        gh alias import
          operands: code-file

        gh extension list, gh extension ls, gh extension search, gh extension create, gh extension remove, gh extension browse, gh extensions list, gh extensions ls, gh extensions search, gh extensions create, gh extensions remove, gh extensions browse, gh ext list, gh ext ls, gh ext search, gh ext create, gh ext remove, gh ext browse
          option: --precompiled inert
          operands: any
          always: url https://api.github.com

        # An extension is a program from a repository.
        gh extension install, gh extension upgrade, gh extensions install, gh extensions upgrade, gh ext install, gh ext upgrade
          option: --pin inert
          operands: forge-repository...
          always: url https://api.github.com ; url https://github.com ; project

        gh extension exec, gh extensions exec, gh ext exec
          operands: any
          always: url https://api.github.com ; opaque:program

        # Extensions that many people have, and agents.
        gh skyline, gh dash, gh poi, gh notify, gh contribs, gh contribution-graph, gh s, gh f, gh eco, gh milestone, gh sub-issue, gh branch, gh clean-branches, gh copilot, gh models, gh agent, gh agent-task, gh agents, gh markdown-preview, gh screensaver, gh user-status, gh metrics, gh graph, gh language
          option: --output write
          operands: plain...
          always: url https://api.github.com

        gh api
          option: -X --method -H --header --cache -p --preview inert
          option: -F --field gh-field
          option: -f --raw-field inert
          option: --input read
          operands: gh-endpoint
          always: url https://api.github.com

        glab auth
          any-option: plain
          flag: -t --show-token ; read ~/.config/glab-cli/config.yml
          option: -h --hostname host
          operands: any
          always: url https://gitlab.com

        glab config
          any-option: plain
          option: -h --host inert
          flags: -g --global
          handler: credential-setting
          operands: any

        glab
          subcommands: some
          any-option: plain
          option: -R --repo forge-repository
          option: --hostname host
          option: -m -t -d -b -l -a --title --description --body --message --label --assignee --head --base --milestone --source-branch --target-branch --reviewer -s inert
          option: -F --file read
          operands: plain...
          always: url https://gitlab.com ; project

        hub
          any-option: plain
          option: -m -b -h -a -l -r inert
          option: -F --file read
          operands: plain...
          always: url https://api.github.com ; project

        tea, jira, linear, acli, lab, hut, forgejo, berg, gcli, gitea, bitbucket
          any-option: plain
          option: -m -t -d -b -l -a --title --description --body --message --label --assignee --head --base inert
          operands: plain...
          always: opaque:host ; project

        # GitHub Actions on this machine, in containers.
        act, actionlint, zizmor, pinact, ghalint
          any-option: plain
          option: -W --workflows -P --platform project-part
          option: -e --eventpath --secret-file --env-file --var-file plain
          operands: plain...
          always: project

        sentry-cli, codecov, codecovcli, coveralls, snyk, sonar-scanner, semgrep, grype, cosign, trufflehog, checkov, terrascan, dependency-check, osv-scanner, socket, fossa, whitesource, percy, chromatic, launchdarkly, ldcli, statsig, doppler, infisical, dotenv-vault, bw, op, lpass, chamber, teller, sops, age, vault, consul, nomad, boundary, waypoint
          any-option: plain
          option: -o --output -f --file -c --config --format -t --template plain
          operands: plain...
          always: opaque:host

        gitleaks, tfsec
          option: -r --report-path --out write
          option: -c --config --baseline-path -b read
          option: -s --source read-tree
          option: -f --report-format --format --log-opts --redact --exit-code -l --log-level inert
          any-option: plain
          operands: plain...

        syft, trivy
          subcommands: some
          option: -o --output --file plain
          option: -c --config read
          option: --severity --exit-code --format -f -s --scope --platform inert
          any-option: plain
          operands: image-or-path...

        trivy config, trivy conf
          option: -o --output --report plain
          option: --config-check --config-policy --policy --config-data --data read-tree
          option: --severity --exit-code --format -f --skip-dirs --skip-files inert
          any-option: plain
          operands: plain...

        trivy fs, trivy filesystem, trivy repo, trivy rootfs, trivy sbom
          option: -o --output plain
          option: --server url
          option: --severity --exit-code --format -f --scanners --security-checks --skip-dirs --skip-files --ignorefile --vuln-type --pkg-types inert
          any-option: plain
          operands: plain...
          always: url https://ghcr.io

        trivy image, trivy i, syft scan, syft packages
          option: -o --output --input plain
          option: --severity --exit-code --format -f --scanners --vuln-type -s --scope --platform inert
          any-option: plain
          operands: image-or-path...
          always: url https://ghcr.io

        """#
}
