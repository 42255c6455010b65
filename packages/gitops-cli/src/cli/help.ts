/** What stands below the options of `--help`. */
export const help = {
  program: `
Exit codes: 0 done, 1 refused, 2 usage error.

Tenant files and the policy are where the portal's configuration says, tenantReleases.gitops.{valuesPath,policyPath} in the
app-config.yaml of the tree, of a file that --config names, or as --values-path and --policy-path say; else
gitops/tenants/{tenant}-values.yaml and gitops/policy/releases.yaml. With --base, the configuration of the base counts.

Examples:
  gitops check                                    the tree of the current folder
  gitops check --base origin/main                 as the check of a pull request does it
  gitops bump --service demo-api --version sha-1a2b3c4 --ring 0
  gitops blast-radius --base origin/main          whom a change reaches
  gitops render tenant-a                          what Argo CD would apply
  gitops init --dir ../other                      the layouts of any repository
  gitops doctor --dir ../other --layouts layouts.json`,
  check: `
Looked at: gitops/tenants (YAML, the schema of charts/tenant, names, holds), gitops/apps and gitops/projects (that they
belong to their tenant and reach no other), gitops/policy/releases.yaml, and whether images come from where the admission
policy of gitops/platform lets them come from. With --base also what has changed since the
histories parted: frozen tenants, and rendering of the changed tenants when helm is there. The freezes and bad versions of
the base count beside those of the tree, so that a change of the rules does not help itself.
Registries are asked whether the images exist that a tree wants, with --base those that it wants newly: the registries that --registry
and the auths of Docker's config.json name (--registry-config, or DOCKER_CONFIG), and no others. One that has no such image is an
error; one that does not answer, or refuses, is a warning. Versions of charts are not asked for.
A warning does not refuse. One bad file does not stop the check of the others.

With --layouts, or layouts in the portal's configuration, a repository laid out otherwise: files that a layout claims and nobody
can read, Applications that their AppProject does not allow or that an ApplicationSet makes twice, bad versions and holds. With
--base also what was matched before and is no longer, frozen tenants, and Applications that are gone or get another name.

Exit codes: 0 nothing refused, 1 refused, 2 usage error.

Examples:
  gitops check --dir ../platform --output json
  gitops check --base origin/main --render --output github
  gitops check --dir ../platform --layouts layouts.json --base origin/main`,
  bump: `
A tenant is left alone, with the reason, that has the version already, is held at another (tenant.hold), is frozen
(gitops/policy/releases.yaml), or whose file is not valid. A version on the list of bad versions is refused for everybody.
A hold is never changed: releasing it is a change of its own, by a person. A roll-back is a bump of a tenant to an earlier
version with --hold, which adds tenant.hold to its file, so that the next bump leaves the tenant alone.
A version that the registry does not have is refused; the registries are those that --registry and the auths of Docker's
config.json name (--registry-config, or DOCKER_CONFIG). Where none is named or none answers, the report says so.
With --open-pr there is one pull request a ring, on the branch bump/<service>/ring-<number>, with --layouts one on
bump/<service>/release-<tenant>; a later version updates it while it is open. Each is one commit and one push, however many files it changes. Read from the environment: GITHUB_TOKEN,
GITHUB_API_URL, GITHUB_REPOSITORY; who commits: GIT_AUTHOR_NAME and _EMAIL, GIT_COMMITTER_NAME and _EMAIL; how it is signed:
GITOPS_SIGNING_KEY, GITOPS_SIGNING_FORMAT.

Exit codes: 0 done, also when nobody is left to change; 1 refused, a file could not be changed, or a tenant that was asked
for by name is held or frozen; 2 usage error.

Examples:
  gitops bump --service demo-api --version sha-1a2b3c4 --dry-run
  gitops bump --service demo-api --version sha-1a2b3c4 --ring 0 --ring 1
  gitops bump --service demo-api --version sha-0f0f0f0 --tenant tenant-a --hold "error rate" --by user:default/ada
  gitops bump --service demo-api --version sha-1a2b3c4 --open-pr --repository acme/platform
  gitops bump --layouts layouts.json --service api --version 1.9.0 --tenant acme --environment prod --open-pr`,
  onboard: `
As a copy (--from): what the other tenant's releases are made of, with the new id in the place of its own, and the facts and version
that are given. As skeletons: the files and entries that layouts[].onboarding names. The result is proved before anything is
written: the layouts find the new tenant in that version, in an Application and namespace of its own, and all others as before.
Secrets are never copied. Display name, owner and contact are asked for where the other tenant has them. With --open-pr, the pull
request is on the branch onboard/<tenant>; a later run updates it while it is open.

Exit codes: 0 done, 1 refused, 2 usage error.

Examples:
  gitops onboard --layouts layouts.json --tenant charlie --from acme --service api --version 1.9.0 --dry-run
  gitops onboard --layouts layouts.json --tenant charlie --service api --version 1.9.0 --set tier=gold --open-pr`,
  blastRadius: `
With --layouts, or layouts in the portal's configuration: every release whose version changes, and every one that is rendered from
a changed file, such as a base or a common values file.

Exit codes: 0 done, whatever is changed; 2 usage error.

Examples:
  gitops blast-radius --base origin/main
  gitops blast-radius --base origin/main --head HEAD --output markdown > comment.md
  gitops blast-radius --dir ../platform --layouts layouts.json --base origin/main`,
  init: `
Reads Applications, ApplicationSets (rendered offline), kustomizations, charts and values files, and proposes a layout for what
they deploy. With --output json: { layouts, found, notes }, of which layouts is what tenantReleases.gitops takes.
Asks no server. Charts are rendered with helm when it is there.

Exit codes: 0 a layout is proposed, 1 none is, 2 usage error.

Examples:
  gitops init --dir ../platform
  gitops init --dir ../platform --output json > layouts.json`,
  doctor: `
A version is what Argo CD would apply: what an overlay, a parameter or .argocd-source-*.yaml overrides does not count. File and
line are where that version originates. With --output json: { releases, unmatched, notes }.

Exit codes: 0 all is matched, 1 an Application or a file that a layout claims is not, 2 usage error.

Examples:
  gitops doctor --dir ../platform
  gitops doctor --dir ../platform --layouts layouts.json --output json`,
  render: `
Renders the Applications of gitops/apps/<tenant>.yaml with helm template, as Argo CD does.

With --layouts, or layouts in the portal's configuration: every source of the Applications that deploy the tenant's releases. Charts
are rendered with helm, kustomizations with kubectl, folders as they are. No server is asked: what a registry, another repository, a
plugin or a key would be needed for is named, with its source. The cluster's version and own kinds are not known.

Exit codes: 0 done, 1 a part cannot be rendered, 2 usage error.

Examples:
  gitops render tenant-a
  gitops render tenant-a | kubectl diff -f -
  gitops render --layouts layouts.json --tenant acme --service api --environment prod`,
} as const;
