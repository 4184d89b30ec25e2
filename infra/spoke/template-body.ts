import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';

/**
 * CloudFormation takes no longer template in a request, in bytes.
 *
 * @internal A test holds every template against it.
 */
export const MAX_TEMPLATE_BYTES = 51_200;

/**
 * The template of a stack as text, synthesized in an app of its own: what a StackSet hands out must
 * stand in the template that has the StackSet, or somebody would have to upload it first.
 *
 * @throws when CloudFormation would refuse it: too long, or with assets
 */
export function templateBody(build: (app: App) => Stack): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'orgsweep-template-'));
  try {
    const app = new App({ outdir, autoSynth: false, analyticsReporting: false });
    const { stackName } = build(app);
    const { template, assets } = app.synth().getStackByName(stackName);
    const body = JSON.stringify(template);
    if (assets.length > 0 || Buffer.byteLength(body) > MAX_TEMPLATE_BYTES) {
      throw new Error(
        `the template of ${stackName} has ${Buffer.byteLength(body)} bytes and ${assets.length} assets – accepted: ${MAX_TEMPLATE_BYTES} and none`,
      );
    }
    return body;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
