{{/* Labels of every object of the fence. Values are quoted: a tenant may be called "y". */}}
{{- define "fence.labels" -}}
app.kubernetes.io/name: tenant-fence
app.kubernetes.io/instance: {{ .Values.tenant.name | quote }}
app.kubernetes.io/part-of: tenant-platform
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
tenant-releases.io/tenant: {{ .Values.tenant.name | quote }}
{{- end }}

{{/* Name, namespace and labels of an object inside the fence. */}}
{{- define "fence.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Values.tenant.name | quote }}
labels:
  {{- include "fence.labels" .root | nindent 2 }}
{{- end }}
