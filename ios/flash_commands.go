package ios

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

var flashCommands = []cli.Command{
	privileged(`
		dir                "List files"
		[ ( flash:         "Files of the flash"
		  | nvram:         "Files of the NVRAM"
		  | WORD:location  "One file, such as flash:NAME" ) ]`, dir),
	privileged(`delete "Delete a file" [ /force "Do not ask" ] WORD:location "flash:NAME"`, deleteFile),
	{
		Modes: []string{modeExec}, Grammar: `show flash: "The files of the flash"`, Run: on(showFlash),
	},
}

// dir lists a memory, or one file of it. What is named without a memory is in flash:.
func dir(r *Router, c *cli.Call) error {
	location := c.Str("location")
	if location == "" {
		location = c.Which("nvram:", "flash:")
	}
	place, name, ok := strings.Cut(location, ":")
	if !ok {
		place, name = "flash", location
	}
	place, name = strings.ToLower(place), strings.TrimPrefix(name, "/")
	where := place + ":/" + name
	var entries []dirEntry
	var size, used int64
	var err error
	switch place {
	case "flash":
		size = flashSize
		entries, used, err = r.dirFlash()
	case "nvram":
		size = nvramSize
		entries, used, err = r.dirNVRAM()
	default:
		return refuse("%%Error opening %s (No such device)", where)
	}
	if err != nil {
		return refuse("%%Error opening %s (%s)", where, fileTrouble(err))
	}
	if name != "" {
		entries = slices.DeleteFunc(entries, func(e dirEntry) bool { return e.name != name })
		if len(entries) == 0 {
			return refuse("%%Error opening %s (No such file or directory)", where)
		}
	}
	c.Printf("Directory of %s\n\n", where)
	for _, e := range entries {
		c.Printf("%5d  -rw-%12d  %27s  %s\n", e.number, e.size, e.date, e.name)
	}
	if len(entries) == 0 {
		c.Print("No files in directory\n")
	}
	c.Printf("\n%d bytes total (%d bytes free)\n", size, max(size-used, 0))
	return nil
}

// dirEntry is a line of `dir`.
type dirEntry struct {
	number     int
	size       int64
	date, name string
}

func (r *Router) dirFlash() (entries []dirEntry, used int64, err error) {
	files, used, err := r.flashFiles()
	for i, f := range files {
		entries = append(entries, dirEntry{i + 1, f.Size, f.Written.Format("Jan 2 2006 15:04:05 -07:00"), f.Name})
	}
	return entries, used, err
}

// startupNumber is where the startup configuration stands in an NVRAM of nvramSize.
const startupNumber = 51

func (r *Router) dirNVRAM() (entries []dirEntry, used int64, err error) {
	startup, err := r.NVRAM.Load()
	if startup == nil {
		return nil, 0, err
	}
	used = int64(len(startup))
	return []dirEntry{{startupNumber, used, "<no date>", "startup-config"}}, used, nil
}

func showFlash(r *Router, c *cli.Call) error {
	files, used, err := r.flashFiles()
	switch {
	case err != nil:
		return refuse("%%Error opening flash:/ (%s)", fileTrouble(err))
	case len(files) == 0:
		c.Print("No files on device\n")
	default:
		c.Print("-#- --length-- -----date/time------ path\n")
	}
	for i, f := range files {
		c.Printf("%-4d%10d %s %s\n", i+1, f.Size, f.Written.Format("Jan 02 2006 15:04:05 -07:00"), f.Name)
	}
	c.Printf("\n%d bytes available (%d bytes used)\n\n", max(flashSize-used, 0), used)
	return nil
}

// deleteFile deletes a file of flash:, which is also where a name without a place is.
func deleteFile(r *Router, c *cli.Call) error {
	location := c.Str("location")
	if !strings.Contains(location, ":") {
		location = "flash:" + location
	}
	name, isFlash := flashName(location)
	if !isFlash || r.Flash == nil {
		return refuse("%%Error deleting %s (No such device)", location)
	}
	if !c.Has("/force") {
		answer, err := c.Ask(fmt.Sprintf("Delete filename [%s]? ", name))
		if err != nil {
			return nil
		}
		if answer != "" {
			name, _ = flashName("flash:" + answer)
		}
	}
	if name == "" {
		return refuse("%%Error deleting flash: (Invalid argument)")
	}
	if !c.Has("/force") {
		if yes, err := c.Confirm(fmt.Sprintf("Delete flash:%s? [confirm]", name)); err != nil || !yes {
			return nil
		}
	}
	if err := r.Flash.Remove(name); err != nil {
		return refuse("%%Error deleting flash:%s (%s)", name, fileTrouble(err))
	}
	return nil
}

// fileTrouble is an error of a file in IOS's words, where it has any.
func fileTrouble(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "No such file or directory"
	}
	return err.Error()
}
