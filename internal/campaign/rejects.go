package campaign

import (
	"encoding/csv"
	"errors"

	"foia/internal/workspace"
)

// rejects is the list of rows that could not be made, on its way to the disk. It is
// begun with the first row.
type rejects struct {
	w    *workspace.Workspace
	name string
	head []string
	file *workspace.Replacement
	out  *csv.Writer
}

func (r *rejects) add(row []string) error {
	if r.file == nil {
		var err error
		if r.file, err = r.w.Replace(r.name); err != nil {
			return err
		}
		r.out = csv.NewWriter(r.file)
		if err := r.out.Write(r.head); err != nil {
			return err
		}
	}
	return r.out.Write(row)
}

func (r *rejects) done() error {
	r.out.Flush()
	return errors.Join(r.out.Error(), r.file.Done())
}

func (r *rejects) cancel() error {
	if r.file == nil {
		return nil
	}
	return r.file.Cancel()
}
