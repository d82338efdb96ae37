// Package showtext holds what `show` commands read like, per IOS release. The
// commands gather views of what there is; the Texts of a release lay them out.
//
//	engine ──view──> show command ──> Texts of the router's release ──> text
//
// Texts are data: a Table has columns, a Layout has named lines. A release is
// what the one before it was, With and Without some of them:
//
//	later := *V124
//	later.ISAKMPSA = later.ISAKMPSA.Without("slot")
//
// The package knows no router, and nothing here changes once it is made.
package showtext
