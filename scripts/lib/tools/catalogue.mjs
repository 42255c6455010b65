/**
 * The programs that verify charts, GitOps tree and workflows, and where each comes from when the machine has none:
 * `python` says that requirements.txt has it; `go` names module, version and main package; `cure` what a person can do.
 */
export const tools = {
  helm: { cure: 'install Helm 3.16 or newer (https://helm.sh)' },
  kubectl: { cure: 'install kubectl (https://kubernetes.io/docs/tasks/tools)' },
  zizmor: { python: true, cure: 'pip install zizmor' },
  checkov: { python: true, cure: 'pip install checkov' },
  actionlint: {
    go: { module: 'github.com/rhysd/actionlint', version: 'v1.7.12', main: 'cmd/actionlint' },
    cure: 'install actionlint (https://github.com/rhysd/actionlint)',
  },
  gitleaks: {
    go: { module: 'github.com/zricethezav/gitleaks/v8', version: 'v8.30.1', main: '' },
    cure: 'install gitleaks (https://gitleaks.io)',
  },
  kubeconform: {
    go: { module: 'github.com/yannh/kubeconform', version: 'v0.7.0', main: 'cmd/kubeconform' },
    cure: 'install kubeconform (https://github.com/yannh/kubeconform)',
  },
  'kube-score': {
    go: { module: 'github.com/zegl/kube-score', version: 'v1.20.0', main: 'cmd/kube-score' },
    cure: 'install kube-score (https://kube-score.com)',
  },
  promtool: {
    // The module v0.314.0 is the release 3.14.0.
    go: {
      module: 'github.com/prometheus/prometheus',
      version: 'v0.314.0',
      main: 'cmd/promtool',
      // Of the service discoveries those that gitops/platform uses.
      tags: 'netgo,remove_all_sd,enable_dns_sd,enable_kubernetes_sd',
    },
    cure: 'install Prometheus (Debian: apt-get install prometheus)',
  },
  amtool: {
    go: { module: 'github.com/prometheus/alertmanager', version: 'v0.34.2', main: 'cmd/amtool' },
    cure: 'install Alertmanager (Debian: apt-get install prometheus-alertmanager)',
  },
  trivy: {
    go: {
      module: 'github.com/aquasecurity/trivy',
      version: 'v0.74.0',
      main: 'cmd/trivy',
      // Its JSON reader is one of Go's experiments.
      experiment: 'jsonv2',
      // What its own go.mod replaces.
      replace: [{ from: 'cloud.google.com/go', to: 'cloud.google.com/go', at: 'v0.123.0' }],
    },
    cure: 'install Trivy (https://trivy.dev)',
  },
};

/**
 * Modules that carry the definitions of the custom resources in charts/ and gitops/; `files` are relative to the module.
 * Argo CD's version is the one that the charts and the tree are tried on.
 */
export const customResources = [
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.2.11',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    files: [
      'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
    ],
  },
  {
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler',
    version: 'v1.8.1',
    files: ['deploy/vpa-v1-crd-gen.yaml'],
  },
  {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    files: [
      'config/crds/bases/external-secrets.io_externalsecrets.yaml',
      'config/crds/bases/external-secrets.io_secretstores.yaml',
    ],
  },
];

/** The Kubernetes version whose schemas are checked against; kubernetes-validate has one set per minor version. */
export const kubernetesVersion = '1.36.0';
