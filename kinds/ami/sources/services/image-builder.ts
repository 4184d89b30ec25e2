import { plainService, shape } from '../../../../aws/sessions/plain-service.ts';

/** EC2 Image Builder: its recipes, its container recipes and its images are three sources. */
export const IMAGE_BUILDER = plainService({
  prefix: 'imagebuilder',
  speaks: { protocol: 'rest-json' },
});

/** It gives no more a page. */
export const PAGE = { maxResults: 25 } as const;

const PAGED = { maxResults: shape.number, nextToken: shape.text };

export const ListImageRecipes = IMAGE_BUILDER.command({
  name: 'ListImageRecipes',
  path: '/ListImageRecipes',
  takes: { owner: shape.text, ...PAGED },
});

export const ListContainerRecipes = IMAGE_BUILDER.command({
  name: 'ListContainerRecipes',
  path: '/ListContainerRecipes',
  takes: { owner: shape.text, ...PAGED },
});

export const ListImages = IMAGE_BUILDER.command({
  name: 'ListImages',
  path: '/ListImages',
  takes: { owner: shape.text, includeDeprecated: shape.truth, ...PAGED },
});

export const ListImageBuildVersions = IMAGE_BUILDER.command({
  name: 'ListImageBuildVersions',
  path: '/ListImageBuildVersions',
  takes: { imageVersionArn: shape.text, ...PAGED },
});
