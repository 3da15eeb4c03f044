// The packed package as the TypeScript sees it that most projects still have.

import { test } from "node:test";
import { rowsOf, useProjects } from "../support/types.mjs";

useProjects();
rowsOf("TypeScript 5.9", test);
