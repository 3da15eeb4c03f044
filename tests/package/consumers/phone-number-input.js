// The field for telephone numbers.
import "reply-window/phone-number-input";
