import TextField from '@material-ui/core/TextField';
import { useEffect } from 'react';
import type { KnownVersion } from '../api/TenantReleasesApi';
import { useVersions } from '../api/useReleases';
import { ErrorNotice } from '../components/common/ErrorNotice';
import { formatRelative } from '../domain/time';
import type { TenantVersionProps } from './fieldSchemas';

/** `sha-1a2b3c4 (newest; 2 tenants have it)` */
function describe({ version, tenants, lastUsedAt }: KnownVersion, index: number): string {
  const used = tenants === 1 ? '1 tenant has it' : `${tenants} tenants have it`;
  const before = lastUsedAt
    ? `last used ${formatRelative(Date.parse(lastUsedAt), Date.now())}`
    : 'no tenant has it';
  return `${version} (${index === 0 ? 'newest; ' : ''}${tenants > 0 ? used : before})`;
}

/** The version that a new tenant starts with: one that exists, the newest unless another is chosen. */
export function TenantVersion(props: TenantVersionProps) {
  const {
    formData,
    onChange,
    schema,
    uiSchema,
    required,
    disabled,
    rawErrors = [],
    idSchema,
  } = props;
  const { data, error, refetch } = useVersions();
  const newest = data?.[0]?.version;
  useEffect(() => {
    if (formData === undefined && newest !== undefined) onChange(newest);
  }, [formData, newest, onChange]);
  const versions = data ?? [];
  const stranger = formData !== undefined && !versions.some(({ version }) => version === formData);
  return (
    <div>
      <TextField
        id={idSchema.$id}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Version'}
        value={formData ?? ''}
        required={required}
        disabled={disabled || versions.length === 0}
        fullWidth
        margin="normal"
        FormHelperTextProps={{ margin: 'dense', style: { marginLeft: 0 } }}
        error={rawErrors.length > 0}
        helperText={
          data?.length === 0
            ? 'No version is known yet: the first release makes one.'
            : uiSchema['ui:description'] ?? schema.description
        }
        onChange={event => onChange(event.target.value || undefined)}
      >
        {formData === undefined && (
          <option value="">{data ? 'Choose a version' : 'Loading…'}</option>
        )}
        {stranger && <option value={formData}>{formData}</option>}
        {versions.map((known, index) => (
          <option key={known.version} value={known.version}>
            {describe(known, index)}
          </option>
        ))}
      </TextField>
      {error && !data && <ErrorNotice error={error} onRetry={refetch} />}
    </div>
  );
}
