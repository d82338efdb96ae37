package main

import (
	"fmt"
	"slices"
	"strings"
)

// median of values, and how far apart they were.
func median(values []float64) (middle, least, most float64) {
	v := slices.Sorted(slices.Values(values))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2, v[0], v[n-1]
}

// column picks one figure out of each turn.
func column[T any](turns []T, figure func(T) float64) []float64 {
	list := make([]float64, len(turns))
	for i, t := range turns {
		list[i] = figure(t)
	}
	return list
}

// middle is the median alone.
func middle[T any](turns []T, figure func(T) float64) float64 {
	m, _, _ := median(column(turns, figure))
	return m
}

// table sets rows of cells under a heading, as Markdown does.
func table(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, c := range r {
			width[i] = max(width[i], len([]rune(c)))
		}
	}
	var b strings.Builder
	for n, r := range rows {
		for i, c := range r {
			fmt.Fprintf(&b, "| %-*s ", width[i], c)
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, w := range width {
				b.WriteString("|" + strings.Repeat("-", w+2))
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}
