// @ts-check
/** The signs of the chooser and the form, on the same grid as those in `icons.js`. */
export const SEARCH = "M13 13l4 4M9 3a6 6 0 1 1 0 12A6 6 0 1 1 9 3";
export const BACK = "M11 5l-5 5 5 5M6 10h9";
export const CLOSE = "M5 5l10 10M15 5L5 15";
export const LOCK = "M5 9h10v8H5zM7 9V7a3 3 0 0 1 6 0v2";
export const SEND = "M3 4l14 6-14 6 2-6zM5 10h6";
export const URL = "M11 4h5v5M16 4l-7 7M8 5H4v11h11v-4";
export const PHONE = "M4 3h4l1 4-2 2a9 9 0 0 0 4 4l2-2 4 1v4A13 13 0 0 1 4 3";
export const STAR = "M10 3l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z";
export const MEDIA = "M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4";
