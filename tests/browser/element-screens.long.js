// What each state looks like in the looks that `element-screens.test.js` leaves out.

import { useBrowser } from "./harness.js";
import { LOOKS, screens } from "./screens.js";

useBrowser();
screens(LOOKS.map(([name]) => name).filter((name) => !["english", "arabic"].includes(name)));
