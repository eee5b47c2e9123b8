// SPDX-License-Identifier: Apache-2.0

/// git: what its commands do besides reading and writing the repository itself. A remote that is only named is whatever
/// the repository's own configuration says, which makes it the project's code; a URL is a connection. The repository's
/// hooks are the project's code too.
enum GitRows {
    static let text = #"""
        git
          flags: -p --paginate -P --no-pager --no-replace-objects --no-lazy-fetch --no-optional-locks --no-advice
          flags: --bare --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs
          flags: --html-path --man-path --info-path -v --version -h --help
          option?: --exec-path code-file
          option: -C directory ; read-tree .
          option: -c git-setting
          option: --config-env git-setting-variable
          option: --git-dir git-repository
          option: --work-tree directory ; read-tree .
          option: --namespace --super-prefix --attr-source --list-cmds inert
          subcommands: yes

        # Reading the repository. Revisions and paths share the operands.
        git log, git show, git diff, git whatchanged, git diff-tree, git diff-index, git diff-files, git range-diff, git diff-pairs, git format-patch
          any-option: yes
          option: --output write
          option: -O --skip-to --rotate-to read
          option: -o --output-directory write-tree
          flag: --ext-diff ; project
          flag: --textconv ; project
          flag: --name-only
          handler: git-names
          option: -n --max-count --skip -L -S -G -U --unified --format --pretty --since --until --after --before inert
          option: --author --committer --grep --decorate-refs --decorate-refs-exclude --exclude --date --diff-filter inert
          option: --inter-hunk-context --stat-width --word-diff-regex --ws-error-highlight -l --max-depth inert
          option: --in-reply-to --subject-prefix --start-number --suffix --to --cc --from --signature -v --reroll-count inert
          option: --signature-file --description-file read
          option: --base --interdiff --notes --creation-factor inert
          operands: git-revision...

        git shortlog, git reflog, git rev-list, git annotate, git cherry, git show-branch, git describe, git name-rev, git rev-parse, git merge-base, git merge-tree, git cat-file, git ls-tree, git ls-files, git status, git for-each-ref, git show-ref, git count-objects, git var, git verify-commit, git verify-tag, git check-ref-format, git check-mailmap, git check-attr, git check-ignore, git version, git last-modified, git repo, git refs, git show-index, git blame, git pickaxe
          subcommands: some
          any-option: yes
          handler: git-names
          option: --contents --ignore-revs-file read
          option: -X --exclude-from --exclude-per-directory --pathspec-from-file --mailmap-file read
          flag: --textconv --filters ; project
          option: -n -L -S --since --until --before --after --date --format --sort --count --contains --no-contains inert
          option: --merged --no-merged --points-at --match --exclude --candidates --max-count --skip --refs --abbrev inert
          option: --author --committer --grep --prefix --default --git-path --resolve-git-dir -x --ignore-rev -M -C inert
          operands: git-revision...

        git patch-id, git stripspace, git column, git get-tar-commit-id, git fmt-merge-msg, git mktree, git mktag, git unpack-objects, git update-ref, git symbolic-ref, git write-tree, git commit-tree, git replace, git pack-refs, git pack-redundant, git update-server-info, git prune, git prune-packed, git fsck, git multi-pack-index, git commit-graph, git repack, git verify-pack, git rerere, git help-all, git lost-found, git reflog expire, git history
          any-option: yes
          option: -F --file read
          option: --command inert
          option: -m -p --reason -d --object-dir --window --depth --threads --pack --batch-size --mode --padding --indent --width --expire inert
          operands: git-revision...

        git replay
          any-option: yes
          operands: any
          always: project

        git help
          flags: -a --all -g --guides -c --config -m --man -i --info -w --web --no-external-commands --no-aliases
          flags: --user-interfaces --developer-interfaces --verbose
          operands: any

        git web--browse
          any-option: yes
          option: -b --browser program
          operands: web-page...

        git grep
          any-option: yes
          option: -f read; operands git-revision...
          option: -e inert; operands git-revision...
          option?: -O --open-files-in-pager shell
          flag: --textconv ; project
          option: -A -B -C -m --max-count --max-depth --threads inert
          operands: inert git-revision...

        git hash-object
          any-option: yes
          flags: --stdin -w --no-filters --literally
          flag: --stdin-paths ; opaque:path-read
          option: --path -t inert
          operands: read...

        git archive
          any-option: yes
          option: -o --output write
          option: --add-file read
          option: --remote git-remote
          option: --exec opaque:program
          option: --format --prefix --add-virtual-file --mtime inert
          operands: git-revision...

        git bundle, git worktree, git maintenance, git subtree, git p4
          subcommands: yes
          unknown: opaque:arguments

        git bundle create
          any-option: yes
          operands: write git-revision...

        git bundle verify, git bundle list-heads, git bundle unbundle
          any-option: yes
          operands: read inert...

        # Making commits: the repository's hooks run.
        git commit
          flags: -a --all -p --patch --interactive -v --verbose -q --quiet --amend --no-edit -e --edit -s --signoff --no-signoff -n --no-verify --verify --allow-empty --allow-empty-message --dry-run --short --branch --porcelain --long -z --null --status --no-status -i --include -o --only --reset-author --no-post-rewrite --ahead-behind --no-gpg-sign --pathspec-file-nul --no-author
          option: -m --message -c -C --reedit-message --reuse-message --fixup --squash --author --date --cleanup --trailer inert
          option: -F --file -t --template --pathspec-from-file read
          option?: -u --untracked-files -S --gpg-sign inert
          operands: read...
          always: project

        git add, git stage
          any-option: yes
          option: --pathspec-from-file read
          option: --chmod inert
          operands: read...

        git rm
          any-option: yes
          option: --pathspec-from-file read
          operands: delete-tree...

        git mv
          any-option: yes
          operands: modify... write

        git restore
          any-option: yes
          option: -s --source --conflict inert
          option: --pathspec-from-file read
          operands: write...
          always: project

        git checkout
          any-option: yes
          option: -b -B --orphan --conflict inert
          option: --pathspec-from-file read
          operands: git-revision-write...
          always: project
          always: write-tree .

        git switch, git reset, git revert, git cherry-pick, git merge, git stash, git stash push, git stash pop, git stash apply, git stash save, git stash list, git stash show, git stash drop, git stash clear, git stash branch, git stash create, git stash store, git stash export, git stash import, git read-tree, git merge-recursive, git merge-resolve, git merge-octopus, git merge-ours, git merge-subtree, git sparse-checkout, git sparse-checkout set, git sparse-checkout add, git sparse-checkout init, git sparse-checkout list, git sparse-checkout disable, git sparse-checkout reapply, git checkout--worker
          subcommands: some
          any-option: yes
          option: -F --file --pathspec-from-file read
          option: --index-output write
          option: -s --strategy -X --strategy-option -m --message --cleanup -c -C --create --orphan --conflict inert
          operands: any
          always: project
          always: write-tree .

        git rebase
          any-option: yes
          option: -x --exec shell
          option: -s --strategy -X --strategy-option --onto -C --whitespace --empty --keep-base inert
          operands: any
          always: project
          always: write-tree .

        git checkout-index
          any-option: yes
          option: --prefix write-tree
          operands: write...
          always: project

        git am
          any-option: yes
          option: --directory -C -p --exclude --include --patch-format --whitespace --resolvemsg inert
          operands: read...
          always: project
          always: write-tree .

        git apply
          any-option: yes
          flag: --unsafe-paths ; opaque:path-write
          option: --directory write-tree
          option: --build-fake-ancestor write
          option: -p -C --exclude --include --whitespace inert
          operands: read...
          handler: git-apply
          always: write-tree .

        git quiltimport
          any-option: yes
          option: --patches --series read-tree
          operands: any
          always: project

        git clean
          any-option: yes
          flags: -d -f -i -q -x -X --force --interactive --quiet
          flag: -n --dry-run ; operands inert... ; default none
          option: -e --exclude inert
          operands: delete-tree...
          default: delete-tree .

        git branch, git tag, git notes, git notes add, git notes append, git notes edit, git notes show, git notes list, git notes copy, git notes remove, git notes merge, git notes prune, git notes get-ref
          subcommands: some
          any-option: yes
          option: -F --file read
          option: -m --message -u --set-upstream-to --contains --no-contains --merged --no-merged --points-at --sort --format --cleanup --local-user --trailer --ref -C --reuse-message -c --reedit-message --strategy inert
          operands: any

        git hook run
          any-option: yes
          operands: any
          always: project

        git bisect, git bisect start, git bisect good, git bisect bad, git bisect old, git bisect new, git bisect skip, git bisect next, git bisect terms, git bisect log, git bisect view, git bisect visualize
          subcommands: some
          any-option: yes
          operands: any
          always: project
          always: write-tree .

        git bisect reset, git bisect help
          any-option: yes
          operands: any
          always: project
          always: write-tree .

        git bisect replay
          operands: read
          always: project
          always: write-tree .

        git bisect run
          stops: yes
          operands: command...
          always: project

        git difftool, git mergetool
          any-option: yes
          option: -x --extcmd shell
          option: -t --tool --rotate-to --skip-to inert
          option: -O read
          operands: git-revision...
          always: project

        git merge-index
          flags: -o -q
          stops: yes
          operands: program inert...

        git merge-one-file
          operands: any
          always: write-tree .

        git merge-file
          any-option: yes
          option: -L --marker-size --diff-algorithm inert
          operands: modify read read

        git interpret-trailers
          any-option: yes
          flag: --in-place ; project
          option: --trailer --where --if-exists --if-missing inert
          operands: modify...

        git mailinfo
          any-option: yes
          operands: write write

        git mailsplit
          any-option: yes
          option: -o write-tree
          option: -d -f inert
          operands: read...

        git filter-branch
          any-option: yes
          option: --setup --env-filter --tree-filter --index-filter --parent-filter --msg-filter --commit-filter --tag-name-filter shell
          option: --subdirectory-filter --original --state-branch inert
          option: -d write-tree
          operands: any
          always: project
          always: write-tree .

        git filter-repo
          any-option: yes
          option: --paths-from-file --replace-text --replace-message --mailmap --replace-refs-file read
          option: --message-callback --name-callback --email-callback --refname-callback --blob-callback --commit-callback --tag-callback --reset-callback --filename-callback --done-callback --file-info-callback code:python
          option: --source read-tree
          option: --target write-tree
          option: --path --path-glob --path-regex --path-rename --invert-paths --subdirectory-filter --to-subdirectory-filter --strip-blobs-bigger-than --refs --tag-rename inert
          operands: any
          always: write-tree .

        git worktree list, git worktree lock, git worktree unlock, git worktree prune, git worktree repair
          any-option: yes
          option: --reason --expire inert
          operands: read...

        git worktree add
          any-option: yes
          option: -b -B --reason inert
          operands: write-tree inert...
          always: project

        git worktree move
          any-option: yes
          operands: modify-tree write-tree

        git worktree remove
          any-option: yes
          operands: delete-tree

        git init, git init-db
          any-option: yes
          option: --template code-file
          option: --separate-git-dir write-tree
          option: -b --initial-branch --object-format --ref-format inert
          option?: --shared inert
          operands: write-tree
          default: write-tree .

        git update-index
          any-option: yes
          option: --index-info --cacheinfo --chmod inert
          operands: read...
          always: project

        git index-pack
          any-option: yes
          option: -o write
          option: --index-version --threads --max-input-size inert
          operands: modify

        git pack-objects
          any-option: yes
          option: --threads --window --depth --max-pack-size --window-memory --index-version --filter inert
          operands: write

        git fast-export
          any-option: yes
          option: --export-marks write
          option: --import-marks --import-marks-if-exists --anonymize-map read
          operands: any

        git fast-import
          any-option: yes
          option: --export-marks --export-pack-edges write
          option: --import-marks --import-marks-if-exists --cat-blob-fd read
          flag: --allow-unsafe-features ; opaque:path-write
          operands: none

        git bugreport, git diagnose
          any-option: yes
          option: -o --output-directory write-tree
          option: -s --suffix inert
          operands: none
          default: write-tree .

        # Housekeeping runs the pre-auto-gc hook.
        git gc
          any-option: yes
          operands: any
          always: project

        git maintenance run, git maintenance unregister, git maintenance stop, git maintenance is-needed
          any-option: yes
          option: --task --schedule inert
          operands: any
          always: project

        # Entries in the user's crontab or units for systemd.
        git maintenance start, git maintenance register
          any-option: yes
          operands: none
          always: write ~/.gitconfig
          always: opaque:path-write

        git for-each-repo
          any-option: yes
          option: --config inert
          operands: any
          always: opaque:program

        # With remotes.
        git clone
          any-option: yes
          option: --template code-file
          option: --reference --reference-if-able read-tree
          option: --separate-git-dir write-tree
          option: -u --upload-pack shell
          option: -c --config git-setting
          option: --bundle-uri url
          option: -b --branch --revision -o --origin --depth --shallow-since --shallow-exclude -j --jobs --filter --server-option --ref-format inert
          operands: git-remote write-tree
          handler: git-clone

        git fetch
          any-option: yes
          option: --upload-pack shell
          option: --depth --deepen --shallow-since --shallow-exclude --refmap -j --jobs -o --server-option --filter --negotiation-tip inert
          operands: git-remote inert...
          always: project

        git pull
          any-option: yes
          option: --upload-pack shell
          option: --depth --deepen --shallow-since --shallow-exclude --refmap -j --jobs -o --server-option -s --strategy -X --strategy-option --cleanup inert
          operands: git-remote inert...
          always: project
          always: write-tree .

        git push
          any-option: yes
          option: --receive-pack --exec shell
          option: --repo git-remote-write
          option: -o --push-option inert
          option?: --force-with-lease --signed inert
          operands: git-remote-write inert...
          always: project

        git ls-remote
          any-option: yes
          option: --upload-pack --exec shell
          option: -o --server-option --sort inert
          operands: git-remote inert...
          always: project

        git fetch-pack
          any-option: yes
          option: --upload-pack --exec shell
          operands: git-remote inert...

        git send-pack
          any-option: yes
          option: --receive-pack --exec shell
          option: --remote inert
          operands: git-remote-write inert...

        git remote, git remote show, git remote get-url, git remote rename, git remote remove, git remote rm, git remote set-head, git remote set-branches, git remote prune, git remote update
          subcommands: some
          any-option: yes
          operands: any
          always: project

        git remote add
          any-option: yes
          option: -t -m inert
          option?: --mirror inert
          operands: inert git-remote

        git remote set-url
          any-option: yes
          operands: inert git-remote inert...

        git request-pull
          any-option: yes
          operands: inert git-remote inert...
          always: project

        git submodule, git submodule status, git submodule init, git submodule deinit, git submodule summary, git submodule sync, git submodule absorbgitdirs, git submodule set-branch
          subcommands: some
          any-option: yes
          option: -b --branch --summary-limit inert
          operands: any

        git submodule update
          any-option: yes
          option: --reference read-tree
          option: --depth -j --jobs --filter inert
          operands: any
          always: project
          always: write-tree .

        git submodule add
          any-option: yes
          option: --reference read-tree
          option: -b --branch --name --depth --ref-format inert
          operands: git-remote write-tree
          always: project

        git submodule set-url
          any-option: yes
          operands: inert git-remote

        git submodule foreach
          flags: -q --quiet --recursive
          stops: yes
          handler: git-foreach
          always: project

        git subtree add, git subtree pull
          any-option: yes
          option: -P --prefix write-tree
          option: -m --message -b --branch --annotate --onto -S --gpg-sign inert
          operands: git-remote inert...
          always: project

        git subtree push
          any-option: yes
          option: -P --prefix read-tree
          option: -b --branch --annotate --onto inert
          operands: git-remote inert...
          always: project

        git subtree merge, git subtree split
          any-option: yes
          option: -P --prefix -m --message -b --branch --annotate --onto inert
          operands: any
          always: project

        git svn, git svn clone, git svn init
          subcommands: some
          any-option: yes
          option: -A --authors-file --ignore-paths read
          option: --authors-prog shell
          option: -T --trunk -t --tags -b --branches --prefix -r --revision --username --stdlayout inert
          operands: git-remote write-tree
          always: project

        git svn fetch, git svn rebase, git svn dcommit, git svn info, git svn log, git svn find-rev, git svn show-ignore, git svn create-ignore, git svn branch, git svn tag, git svn reset, git svn gc, git svn blame, git svn propget, git svn proplist
          any-option: yes
          option: -A --authors-file read
          option: --authors-prog shell
          operands: any
          always: project

        git p4 clone, git p4 sync, git p4 rebase, git p4 submit, git p4 commit, git p4 branches, git p4 unshelve
          any-option: yes
          option: --destination write-tree
          operands: any
          always: project

        git cvsimport, git cvsexportcommit, git archimport
          any-option: yes
          option: -d git-remote
          option: -A -P read
          option: -C write-tree
          operands: any
          always: project

        git cvsserver, git daemon, git http-backend
          any-option: yes
          option: --access-hook --informative-errors shell
          option: --base-path --strict-paths read-tree
          option: --pid-file write
          operands: read-tree...
          always: opaque:host

        git upload-pack, git upload-archive
          any-option: yes
          operands: read-tree

        git receive-pack
          any-option: yes
          operands: modify-tree
          always: project

        git shell
          option: -c shell
          operands: none

        git send-email
          any-option: yes
          option: --smtp-server git-smtp-server
          option: --sendmail-cmd --to-cmd --cc-cmd --header-cmd shell
          option: --smtp-encryption --smtp-user --smtp-server-port --smtp-domain --smtp-auth --smtp-server-option --subject --in-reply-to --from --reply-to --bcc --cc --envelope-sender --8bit-encoding --compose-encoding --transfer-encoding --suppress-cc --confirm --identity --batch-size --relogin-delay --smtp-debug inert
          option: --smtp-ssl-cert-path read
          option: --to recipient
          operands: read...
          always: project

        git imap-send
          any-option: yes
          operands: none
          always: project

        git credential, git credential fill, git credential-cache, git credential-store, git credential-netrc
          subcommands: some
          any-option: yes
          option: --file modify
          operands: any
          always: read ~/.git-credentials

        git credential approve, git credential reject, git credential capability
          operands: none

        git hook, git mergetool--lib, git sh-setup, git sh-i18n
          subcommands: some
          operands: any
          always: project

        git instaweb
          any-option: yes
          option: -d --httpd -b --browser git-server
          option: -m --module-path -p --port inert
          operands: any
          always: project

        git gui, git citool, git cola, gitk, tig, lazygit, gitui, git gitk, gitg, qgit
          any-option: yes
          operands: git-revision...
          always: project


        git backfill
          any-option: yes
          operands: none
          always: project

        git config
          flag: --get --get-all --get-regexp --get-urlmatch --get-color --get-colorbool -l --list
          flag: --unset --unset-all --remove-section --rename-section -e --edit
          flag: --global
          flag: --system
          flags: --local --worktree --add --replace-all --bool --int --bool-or-int --path --expiry-date -z --null
          flags: --name-only --show-names --no-show-names --show-origin --show-scope --includes --no-includes --no-type
          flags: --all --append --regexp --fixed-value
          option: -f --file read
          option: -t --type --default --comment --url --value --blob inert
          handler: git-config
        """#
}
