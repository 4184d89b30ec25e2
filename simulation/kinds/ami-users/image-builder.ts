import { z } from 'zod';
import type { SimEstate, SimOrganization } from '../../model/organization.ts';
import type { Endpoint } from '../../services/call/endpoint.ts';
import type { SimRequest } from '../../services/call/service.ts';
import { enterEstate } from '../../services/dispatch/regional.ts';
import { parseInput } from '../../services/protocols/json-input.ts';
import { makeRestJsonEndpoint } from '../../services/protocols/rest-json-endpoint.ts';
import { pageOf } from './page.ts';
import { AMI_USERS } from './state.ts';

const SERVICE = 'imagebuilder';
const MAX_PAGE_SIZE = 25;
const INVALID = 'InvalidRequestException';
const INVALID_TOKEN = 'InvalidPaginationTokenException';

const Paged = z.strictObject({
  owner: z.enum(['Self', 'Shared', 'Amazon']).default('Self'),
  maxResults: z.int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  nextToken: z.string().optional(),
});
const OfImages = Paged.extend({ includeDeprecated: z.boolean().optional() });
const OfVersion = Paged.omit({ owner: true }).extend({ imageVersionArn: z.string() });

/** The listings of EC2 Image Builder. */
export function makeImageBuilder(organization: SimOrganization): Endpoint {
  const at = (name: string, perform: (estate: SimEstate, body: Buffer) => unknown) =>
    [
      name,
      (request: SimRequest, operation: string) =>
        perform(enterEstate({ service: SERVICE, operation }, request, organization), request.body),
    ] as const;
  return makeRestJsonEndpoint({
    name: SERVICE,
    operations: {
      '/ListImageRecipes': at('ListImageRecipes', listRecipes),
      '/ListContainerRecipes': at('ListContainerRecipes', listContainerRecipes),
      '/ListImages': at('ListImages', listImages),
      '/ListImageBuildVersions': at('ListImageBuildVersions', listBuilds),
    },
  });
}

function listRecipes(estate: SimEstate, body: Buffer): unknown {
  const input = parseInput(Paged, body, INVALID);
  const all = input.owner === 'Self' ? AMI_USERS.of(estate).recipes : [];
  const { items, token } = page(estate, all, 'recipes', input);
  return {
    imageRecipeSummaryList: items.map(({ name, parentImage }) => ({
      arn: arnOf(estate, 'image-recipe', `${name}/1.0.0`),
      name,
      parentImage,
    })),
    ...token,
  };
}

function listContainerRecipes(estate: SimEstate, body: Buffer): unknown {
  const input = parseInput(Paged, body, INVALID);
  const all = input.owner === 'Self' ? AMI_USERS.of(estate).containerRecipes : [];
  const { items, token } = page(estate, all, 'container recipes', input);
  return {
    containerRecipeSummaryList: items.map(({ name, instanceImage }) => ({
      arn: arnOf(estate, 'container-recipe', `${name}/1.0.0`),
      name,
      parentImage: 'amazonlinux:latest',
      ...(instanceImage !== undefined && { instanceImage }),
    })),
    ...token,
  };
}

function listImages(estate: SimEstate, body: Buffer): unknown {
  const input = parseInput(OfImages, body, INVALID);
  const all = input.owner === 'Self' ? AMI_USERS.of(estate).builtImages : [];
  const { items, token } = page(estate, all, 'images', input);
  return {
    imageVersionList: items.map(({ name, type }) => ({
      arn: arnOf(estate, 'image', `${name}/1.0.0`),
      name,
      type,
    })),
    ...token,
  };
}

function listBuilds(estate: SimEstate, body: Buffer): unknown {
  const { imageVersionArn, ...input } = parseInput(OfVersion, body, INVALID);
  const image = AMI_USERS.of(estate).builtImages.find(
    ({ name }) => arnOf(estate, 'image', `${name}/1.0.0`) === imageVersionArn,
  );
  const builds = (image?.builds ?? []).map((imageIds, index) => ({ imageIds, number: index + 1 }));
  const { items, token } = page(estate, builds, imageVersionArn, input);
  return {
    imageSummaryList: items.map(({ imageIds, number }) => ({
      arn: `${imageVersionArn}/${number}`,
      type: image?.type,
      outputResources: {
        amis: imageIds.map((id) => ({
          region: estate.region,
          image: id,
          accountId: estate.accountId,
        })),
      },
    })),
    ...token,
  };
}

function page<T>(
  estate: SimEstate,
  all: readonly T[],
  listing: string,
  {
    maxResults,
    nextToken: token,
  }: { readonly maxResults: number; readonly nextToken?: string | undefined },
) {
  const asked = { listing, size: maxResults, token, invalid: INVALID_TOKEN };
  const { items, nextToken } = pageOf(estate, all, asked);
  return { items, token: nextToken === undefined ? {} : { nextToken } };
}

function arnOf({ accountId, region }: SimEstate, type: string, rest: string): string {
  return `arn:aws:imagebuilder:${region}:${accountId}:${type}/${rest}`;
}
