// The set-up form.
import "reply-window/channel-setup";
