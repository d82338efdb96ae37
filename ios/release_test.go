package ios

import (
	"testing"

	"github.com/ioslab/ioslab/ios/debugtext"
)

func TestEveryReleaseHasWords(t *testing.T) {
	for _, v := range Versions() {
		if debugtext.For(v) == nil {
			t.Errorf("no words of %s", v)
		}
	}
}
