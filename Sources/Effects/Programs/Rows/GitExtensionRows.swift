// SPDX-License-Identifier: Apache-2.0

/// Commands that people add to git: git-extras, git-lfs, git-annex, git-flow and others.
enum GitExtensionRows {
    static let text = #"""
        # git-extras: reading.
        git authors, git brv, git commits-since, git contrib, git count, git delta, git effort, git fame, git guilt, git info, git line-summary, git local-commits, git locked, git missing, git root, git show-merged-branches, git show-tree, git show-unmerged-branches, git standup, git summary, git utimes, git extras, git churn, git stats, git quick-stats, git recent, git who, git ignored, git sizer, git of-interest, git owner, git activity, git when-merged, git cal, git heatmap
          subcommands: some
          any-option: yes
          operands: git-revision...

        git changelog
          any-option: yes
          option: -t --tag -f --final-tag -s --start-tag --start-commit inert
          operands: write

        git ignore, git ignore-io
          any-option: yes
          operands: any
          always: write .gitignore

        git archive-file, git coauthor, git stamp, git obliterate-check, git touch-check
          any-option: yes
          operands: any
          always: project

        git alias
          any-option: yes
          handler: git-alias
          operands: any

        git touch, git setup
          any-option: yes
          option: -m inert
          operands: write...
          always: project

        git cp
          operands: read write
          always: project

        # git-extras: changing the repository, with its hooks.
        git abort, git clear, git clear-soft, git feature, git bug, git chore, git refactor, git graft, git magic, git merge-into, git merge-repo, git obliterate, git psykorebase, git reauthor, git rebase-patch, git rename-branch, git rename-tag, git rename-remote, git reset-file, git squash, git undo, git continue, git lock, git unlock, git delete-submodule, git fresh-branch, git gh-pages, git create-branch, git delete-branch, git delete-merged-branches, git delete-squashed-branches, git delete-tag, git release, git sync, git repl, git unwip, git wip, git paste, git imerge, git revise, git absorb, git fixup, git branchless, git town, git machete, git stack, git spice, git trim, git autofixup, git interactive-rebase-tool, git test, git up, git flow, git flow init, git flow feature, git flow release, git flow hotfix, git flow bugfix, git flow support, git extras update, git instafix, git smash, git move, git prev, git next, git restack, git submit, git sl, git smartlog, git record, git sw, git reword, git crypt, git secret, git town-sync, git pr-branch
          subcommands: some
          any-option: yes
          operands: any
          always: project
          always: write-tree .

        git imerge start, git imerge merge, git imerge rebase, git imerge continue, git imerge finish
          any-option: yes
          operands: any
          always: project
          always: write-tree .

        git sed
          any-option: yes
          operands: any
          always: write-tree .

        git bulk
          any-option: yes
          option: --addworkspace --removeworkspace -w --from inert
          operands: any
          always: project

        git mr, git pr
          any-option: yes
          operands: web-page inert...
          always: project
          always: write-tree .

        git browse, git browse-ci, git open
          any-option: yes
          operands: any
          always: project

        git fork, git get, git force-clone
          option: -b --branch inert
          any-option: yes
          operands: git-remote write-tree
          always: url https://github.com
          always: project

        git pull-request
          any-option: yes
          operands: any
          always: url https://api.github.com
          always: project

        git-merge-one-file, git-merge-octopus, git-merge-resolve
          any-option: yes
          operands: any
          always: write-tree . ; project

        # To and from the machine that a remote names.
        git scp, git rscp
          any-option: yes
          operands: git-remote read...
          always: project

        git lfs
          flags: -h --help --version -v
          subcommands: yes

        git lfs ls-files, git lfs status, git lfs env, git lfs logs, git lfs pointer, git lfs version, git lfs help, git lfs ext, git lfs fsck, git lfs track, git lfs untrack, git lfs locks, git lfs prune, git lfs dedup, git lfs checkout, git lfs completion
          any-option: yes
          operands: git-revision...
          always: project

        git lfs install, git lfs update, git lfs uninstall
          any-option: yes
          option: --worktree inert
          operands: any
          always: write .git/hooks
          always: write ~/.gitconfig

        git lfs fetch, git lfs pull, git lfs push, git lfs lock, git lfs unlock
          any-option: yes
          option: -I --include -X --exclude -r --remote inert
          operands: git-remote inert...
          always: project

        git lfs clone
          any-option: yes
          option: -I --include -X --exclude -b --branch --depth inert
          operands: git-remote write-tree
          always: project

        git lfs migrate, git lfs migrate import, git lfs migrate export, git lfs migrate info
          subcommands: some
          any-option: yes
          option: -I --include -X --exclude --above --top --include-ref --exclude-ref --remote inert
          option: --object-map write
          operands: any
          always: project
          always: write-tree .

        git annex, git-annex
          same-as: git annex
          flags: -h --help --version --fast --quiet --verbose --auto
          subcommands: yes

        git annex help, git annex version, git annex status, git annex info, git annex whereis, git annex find, git annex list, git annex log, git annex fsck, git annex init, git annex uninit, git annex unused, git annex describe, git annex numcopies, git annex lock, git annex unlock, git annex merge, git annex dead, git annex trust, git annex untrust, git annex semitrust
          any-option: yes
          operands: any
          always: project

        git annex add, git annex edit, git annex drop, git annex dropunused, git annex metadata, git annex rmurl, git annex import, git annex export
          any-option: yes
          operands: modify...
          always: project

        git annex addurl, git annex importfeed
          any-option: yes
          option: --file write
          operands: url...
          always: project

        # With the remotes that the repository's configuration names.
        git annex get, git annex copy, git annex move, git annex sync, git annex assist, git annex push, git annex pull, git annex mirror, git annex enableremote, git annex initremote, git annex assistant, git annex webapp
          any-option: yes
          option: -t --to -f --from inert
          operands: any
          always: project
        """#
}
