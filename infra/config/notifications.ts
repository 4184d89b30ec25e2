import { z } from 'zod';
import { text } from './fields.ts';

export const Slack = z.strictObject({
  workspaceId: text(
    /^T[0-9A-Z]{1,255}$/,
    'a Slack workspace id such as "T0123ABCD"',
    'id',
  ).describe('The workspace, connected once by hand in the console of Amazon Q in chat.'),
  channelId: text(/^[A-Za-z0-9]{1,255}$/, 'a Slack channel id such as "C0123ABCD"', 'id').describe(
    'The channel that shows every message.',
  ),
});

const GUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const guid = (what: string) =>
  text(GUID, `${what} such as "12345678-90ab-cdef-1234-567890abcdef"`, 'GUID');

export const Teams = z.strictObject({
  tenantId: guid('the GUID of a Microsoft Entra tenant').describe(
    'The tenant, connected once by hand in the console of Amazon Q in chat.',
  ),
  teamId: guid('the GUID of a team in Microsoft Teams').describe(
    'The team: `groupId` in the link to the channel.',
  ),
  channelId: text(
    // As CloudFormation takes it.
    /^[\w=+/.,-]+%3[aA][\w=+/.,-]+%40[\w=+/.,-]+$/,
    'the id of a Teams channel as in the link to it, such as "19%3Aab12cd34%40thread.tacv2"',
    'id',
  ).describe('The channel that shows every message, as it stands in the link to it.'),
});
