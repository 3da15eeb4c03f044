// The element alone: the page brings its own controller.
import "reply-window/element";
