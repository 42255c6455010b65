{{/* Findings of scanners that stay, each with its reason. They are annotations because the scanners read them there. */}}
{{- define "tenant.waivers" -}}
# Requests below limits on purpose: tenants share nodes, and the quota and the LimitRange bound what a burst can take.
{{- $ignored := list
  "container-resource-requests-equal-limits" "container-cpu-requests-equal-limits"
  "container-memory-requests-equal-limits" "container-ephemeral-storage-request-equals-limit" -}}
{{- if lt (include "tenant.fewestPods" . | int) 2 }}
# One pod is what this tier runs, or what the file asks for.
{{- $ignored = append $ignored "deployment-replicas" -}}
{{- end }}
kube-score/ignore: {{ join "," $ignored }}
{{- if not (contains "@" (include "tenant.image" .)) }}
checkov.io/skip1: CKV_K8S_43=Tags are never moved (sha-<commit>) and the admission policy refuses latest; image.digest pins the content where a tenant wants it
{{- end }}
{{- if .Values.externalSecret.enabled }}
checkov.io/skip2: CKV_K8S_35=The service reads its settings from the environment only, and no other process runs in the container
{{- end }}
{{- end }}
