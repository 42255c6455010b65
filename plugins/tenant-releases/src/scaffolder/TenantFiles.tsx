import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Notice } from '../components/common/Notice';
import { Placeholder } from '../components/common/Placeholder';
import { type FormValues, plannedFiles } from './dryRun';
import { defaultTemplate, type TenantFilesProps } from './fieldSchemas';
import { refusalsOf } from './refusals';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 },
    path: {
      margin: 0,
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 600,
      overflowWrap: 'anywhere',
    },
    text: {
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      margin: theme.spacing(0.5, 0, 0),
      padding: theme.spacing(1, 1.5),
      borderRadius: 4,
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
      fontSize: '0.85rem',
      lineHeight: 1.5,
    },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'TenantReleasesTenantFiles' },
);

/** The files of the pull request, exactly as they will be: the server writes them as it does when it opens it. */
export function TenantFiles({ formData, onChange, formContext, uiSchema }: TenantFilesProps) {
  const classes = useStyles();
  const catalog = useApi(catalogApiRef);
  const scaffolder = useApi(scaffolderApiRef);
  const values = (formContext?.formData ?? {}) as FormValues;
  const template = uiSchema['ui:options']?.template ?? defaultTemplate;
  // A field without a value is not asked whether it is right: see validateTenantFiles.
  useEffect(() => {
    if (formData === undefined) onChange('shown');
  }, [formData, onChange]);
  const { data, error, isFetching, refetch } = useQuery({
    ...plannedFiles(template, values, { catalog, scaffolder }),
    enabled: formData !== undefined,
  });
  if (error && !isFetching) {
    return (
      <Notice
        kind="error"
        actions={
          <Button size="small" onClick={() => refetch()}>
            Try again
          </Button>
        }
      >
        The pull request cannot be opened like this. Go back and correct:
        <ul className={classes.list}>
          {refusalsOf(error).map(text => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (!data) return <Placeholder lines={10} what="the files" />;
  return (
    <div className={classes.root}>
      <div role="status">
        The pull request adds these {data.length} files. The charts take them: this was tried.
      </div>
      {data.map(({ path, text }) => (
        <section key={path} aria-label={path}>
          <h3 className={classes.path}>{path}</h3>
          <pre className={classes.text}>{text}</pre>
        </section>
      ))}
    </div>
  );
}
