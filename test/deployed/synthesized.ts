import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Template } from './resolved-template.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Synthesized {
  readonly stackName: string;
  readonly template: Template;
  /** The folder that the deployment would zip and upload under this key. */
  readonly assetOf: (s3Key: string) => string;
}

/** Runs the CDK app as `cdk synth` does, into `folder`. @returns its stacks */
export async function synthesize(
  folder: string,
  context: Readonly<Record<string, unknown>> = {},
): Promise<Synthesized[]> {
  const cdkJson = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')) as {
    app: string;
    context?: Record<string, unknown>;
  };
  const [command = '', ...args] = cdkJson.app.split(' ');
  await promisify(execFile)(command === 'node' ? process.execPath : command, args, {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, ...context }),
    },
  });
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => {
      const stackName = file.replace('.template.json', '');
      const assets = path.join(folder, `${stackName}.assets.json`);
      return {
        stackName,
        template: readJson<Template>(path.join(folder, file)),
        // A stack without assets has no such file.
        assetOf: (s3Key) => {
          const { files } = readJson<{ files: Record<string, { source: { path: string } }> }>(
            assets,
          );
          const asset = files[s3Key.replace(/\.zip$/, '')];
          if (asset === undefined) throw new Error(`${stackName} has no asset ${s3Key}`);
          return path.join(folder, asset.source.path);
        },
      };
    });
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
