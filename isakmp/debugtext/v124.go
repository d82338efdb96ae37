package debugtext

import "github.com/ioslab/ioslab/isakmp"

// V124 is 12.4 mainline, the dialect A of the reference trace.
var V124 = &Table{version: "12.4", isakmp: render124}

func render124(e isakmp.Event) []Line { return nil }
