// The inspector of signatures.
import "reply-window/signature-inspector";
