/** What the local cluster is made of. The k3s image stands in cluster.yaml. */
export const pins = {
  /** The first with the configuration format of cluster.yaml. */
  minimumK3d: '5.6.0',
  argocd: {
    version: 'v3.2.11',
    url: 'https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.11/manifests/install.yaml',
    sha256: '6cdd269e07f27b50f9e481cc7e685443b26b79372001ff7868ff1543610417bd',
  },
};
